import { scene } from "../../../labs/kit/raft";

// MIT 6.5840, TestManyElections: nine rounds, in each up to three of seven servers are away.
scene("many elections", { lab: 1, servers: 7, points: 3 }, (c) => {
  const random = c.random("away");
  c.leader();
  for (let round = 0; round < 9; round++) {
    const away = [0, 1, 2].map(() => random.pick(c.servers));
    c.isolate(...away);
    c.leader();
    c.heal();
  }
  c.leader();
});
