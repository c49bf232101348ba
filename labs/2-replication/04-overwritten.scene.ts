import { scene } from "../kit/raft";

scene("what a deposed leader accepted alone is overwritten", { lab: 2, servers: 3 }, (c) => {
  c.commit("a");
  const old = c.leader();
  c.isolate(old);
  for (const command of ["lost 1", "lost 2", "lost 3"]) c.propose(old, command);
  c.commit("b");
  c.uncommitted(3);
  c.rejoin(old);
  c.commit("c", { on: 3 });
  c.agree();
});
