import { scene } from "../kit/raft";

scene("an agreement takes few saves, and an idle cluster none", { lab: 3, servers: 3 }, (c) => {
  c.commit("a");
  const busy = c.used(() => c.commit("b", { on: 3 }));
  c.budget("writes", busy.writes, 12, "for an agreement of three servers");
  c.watch(1000);
  const idle = c.used(() => c.watch(5000));
  c.budget("writes", idle.writes, 0, "while a cluster is idle");
});
