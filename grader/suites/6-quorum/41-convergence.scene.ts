import { scene, type QuorumCluster } from "../../../labs/kit/quorum";

const SETUP = { lab: 6, servers: 5, coordinators: 4, promise: "regular", repairEvery: 300 } as const;

const SIDES = "Replicas that can talk to each other come to agree, whoever else is away (eventual; handout)";

function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `key ${i}`);
}

/** Writes each key to three replicas of five, each time others; nobody reads it, and no replica hears of it from another. */
function scatter(c: QuorumCluster, keys: readonly string[]): void {
  const random = c.random("holders");
  const writers = c.coordinators(2);
  c.isolate(...c.servers);
  for (const key of keys) {
    const writer = random.pick(writers);
    c.reach(writer, ...random.shuffle(c.servers).slice(0, 3));
    if (random.chance(0.2)) writer.delete(key);
    else writer.write(key, `by C${writer.id}`);
  }
}

scene("sixty keys that nobody reads", { ...SETUP, points: 2, share: 0.5 }, (c) => {
  scatter(c, keysOf(60));
  c.heal();
  c.converge();
});

scene("replicas agree after all of them have crashed", { ...SETUP, points: 1 }, (c) => {
  scatter(c, keysOf(15));
  c.crash(...c.servers);
  c.heal();
  c.restart(...c.servers);
  c.converge();
});

// What is up and can talk agrees; a neighbour that does not answer keeps nobody from it.
scene("replicas agree while one of them is down", { ...SETUP, points: 1 }, (c) => {
  scatter(c, keysOf(10));
  const down = c.random("down").pick(c.servers);
  c.crash(down);
  c.heal();
  c.converge();
  c.restart(down);
  c.converge();
});

scene("two sides of a partition agree each, and then together", { ...SETUP, points: 1 }, (c) => {
  const keys = keysOf(10);
  scatter(c, keys);
  const [a = 0, b = 1] = c.random("sides").shuffle(c.servers);
  c.partition([a, b], c.others(a, b));
  const isSame = (): boolean =>
    keys.every((key) => c.disk(a, key)?.version.number === c.disk(b, key)?.version.number);
  c.until("agreement of the two on the smaller side", isSame, 20 * SETUP.repairEvery, SIDES);
  c.heal();
  c.converge();
});

scene(
  "replicas agree on a network that loses and duplicates",
  { ...SETUP, points: 1, network: "duplicating" },
  (c) => {
    const keys = keysOf(6);
    const writers = c.coordinators(3);
    c.underLoad(writers, c.mixed(keys), () => c.watch(1500));
    // Losses cost rounds: one message in ten is lost, and one reply in ten.
    c.converge(40 * SETUP.repairEvery);
  },
);

// Rounds come ten times as often as usual, and meet every write half-way.
scene(
  "repair in the midst of writes takes nothing back",
  { ...SETUP, repairEvery: 20, network: "regional", points: 1, share: 0.5 },
  (c) => {
    const writers = c.coordinators(3);
    const random = c.random("reach");
    c.underLoad(writers, c.mixed(["x", "y", "z"]), () => {
      for (let i = 0; i < 10; i++) {
        for (const writer of writers) c.reach(writer, ...random.shuffle(c.servers).slice(0, 3));
        c.watch(150);
      }
    });
    c.converge(2000);
  },
);
