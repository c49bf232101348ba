import { scene } from "../../../labs/kit/quorum";

const ANEW = "A coordinator that comes back goes on: nothing that it knew by heart is needed (handout)";

const SETUP = { lab: 6, servers: 3, coordinators: 5, repairEvery: 300 } as const;

scene("all coordinators crash, again and again", { ...SETUP, points: 2 }, (c) => {
  const all = c.coordinators(4);
  const ids = all.map(({ id }) => id);
  const random = c.random("crashes");
  c.underLoad(all, c.mixed(["x", "y"]), () => {
    for (let round = 0; round < 10; round++) {
      c.watch(random.between(1, 25));
      c.crash(...ids);
      if (random.chance(0.5)) c.watch(random.between(0, 10));
      c.restart(...ids);
    }
  });
  for (const one of all) {
    one.write("x", `C${one.id} is back`);
    // Its own, or what a crash had cut off and is newer.
    c.expect(one.read("x").version !== null, ANEW, `C${one.id} reads nothing of what it has written`);
  }
  c.converge();
});

scene("coordinators and replicas crash together", { ...SETUP, servers: 5, points: 1 }, (c) => {
  const all = c.coordinators(4);
  const ids = all.map(({ id }) => id);
  const random = c.random("crashes");
  c.underLoad(all, c.mixed(["x", "y"]), () => {
    for (let round = 0; round < 6; round++) {
      c.watch(random.between(1, 40));
      c.crash(...ids, ...c.servers);
      c.watch(random.between(0, 100));
      c.restart(...ids, ...c.servers);
    }
  });
  for (const one of all) one.write("y", `C${one.id} is back`);
  c.coordinator().read("y");
  c.converge();
});

// A pause looks like a crash from outside; what was answered meanwhile comes at once when it is over.
scene("a coordinator pauses in the middle of its operations", { ...SETUP, servers: 5, points: 1 }, (c) => {
  const [sleeper, ...others] = c.coordinators(3);
  const random = c.random("pauses");
  for (let round = 0; round < 10 && sleeper !== undefined; round++) {
    const isWrite = random.chance(0.7);
    const entry = sleeper.start(
      isWrite ? { kind: "write", key: "x", value: `late ${round}` } : { kind: "read", key: "x" },
    );
    c.watch(random.between(0, 5));
    c.freeze(sleeper.id);
    for (const [i, other] of others.entries()) {
      if (random.chance(0.5)) other.write("x", `round ${round}.${i}`);
      other.read("x");
    }
    if (random.chance(0.3)) c.watch(2000);
    c.thaw(sleeper.id);
    c.settle([entry]);
    for (const other of others) other.read("x");
  }
  c.converge();
});

scene(
  "replicas pause while others go on",
  { ...SETUP, servers: 5, points: 1, network: "regional", share: 0.5 },
  (c) => {
    const all = c.coordinators(4);
    const random = c.random("pauses");
    const begun = c.underLoad(all, c.mixed(["x", "y"]), () => {
      for (let round = 0; round < 6; round++) {
        const sleepers = random.shuffle(c.servers).slice(0, 2);
        for (const id of sleepers) c.freeze(id);
        c.watch(random.between(50, 500));
        for (const id of sleepers) c.thaw(id);
      }
    });
    for (const entry of begun) c.answered(entry);
    c.converge();
  },
);
