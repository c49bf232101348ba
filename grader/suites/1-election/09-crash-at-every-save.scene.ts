import { scene } from "../../../labs/kit/raft";

// Whoever is about to do its k-th save from now crashes just before or just after it, in the middle of an election.
for (const when of ["before", "after"] as const) {
  scene(`a crash ${when} each save of an election`, { lab: 1, servers: 3, points: 3 }, (c) => {
    for (let nth = 1; nth <= 8; nth++) {
      const leader = c.leader();
      c.crashAt({ effect: "save", nth, when, restartAfter: 150 });
      c.crash(leader);
      c.watch(200);
      c.restart(leader);
      c.leader();
      c.term();
    }
  });
}

// Between sending and saving, between saving and replying: any effect of any handler.
scene("crashes between any two effects", { lab: 1, servers: 5, points: 3 }, (c) => {
  const random = c.random("where");
  for (let round = 0; round < 12; round++) {
    const leader = c.leader();
    const effect = random.pick(["save", "reply", "call", "setTimer"] as const);
    const when = random.pick(["before", "after"] as const);
    for (let i = 0; i < 2; i++) c.crashAt({ effect, nth: random.int(6) + 1, when, restartAfter: 100 });
    c.isolate(leader);
    c.watch(700);
    c.heal();
    c.leader();
  }
});
