import { scene } from "../kit/raft";

scene("a follower that was away catches up", { lab: 2, servers: 3 }, (c) => {
  c.commit("a");
  const [away = 0] = c.followers();
  c.isolate(away);
  for (const command of ["b", "c", "d"]) c.commit(command);
  c.rejoin(away);
  c.commit("e", { on: 3 });
  c.agree();
});
