import { scene } from "../kit/raft";

scene("servers come and go", { lab: 3, servers: 5, network: "unreliable" }, (c) => {
  const random = c.random("who");
  for (let round = 0; round < 30; round++) {
    for (const server of c.running()) c.propose(server);
    c.watch(random.int(300));
    if (random.chance(0.5)) c.crash(random.pick(c.servers));
    if (random.chance(0.3)) c.isolate(random.pick(c.servers));
    if (random.chance(0.3)) c.heal();
    c.restart(random.pick(c.servers));
  }
  c.network("reliable");
  c.heal();
  c.restart(...c.servers);
  c.commit("last", { on: 5 });
  c.agree();
});
