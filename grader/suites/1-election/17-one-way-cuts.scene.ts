import { scene } from "../../../labs/kit/raft";

scene("one-way cuts: safe while they last, lively after", { lab: 1, servers: 5, points: 3 }, (c) => {
  const random = c.random("cuts");
  c.leader();
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < 6; i++) {
      const [from = 0, to = 1] = random.shuffle(c.servers);
      c.cutOneWay(from, to);
    }
    c.watch(2000);
    c.heal();
    c.leader();
    c.term();
  }
});

scene("a leader that nobody hears is replaced", { lab: 1, servers: 3, points: 2 }, (c) => {
  const old = c.leader();
  for (const other of c.others(old)) c.cutOneWay(old, other);
  c.leader();
  c.heal();
  c.leader();
  c.term();
});
