import { scene, type QuorumCluster, type Versioned } from "../../../labs/kit/quorum";
import { made } from "./stage";

const [ONE, TWO] = [2, 3] as const;

const SETUP = {
  lab: 6,
  servers: 2,
  W: 1,
  R: 1,
  coordinators: 2,
  puppets: [ONE, TWO],
  promise: "eventual",
  repairEvery: 20,
} as const;

const ROUNDS = 50;

/** Keys that a hash can easily take for each other. */
const PAIRS = [
  ["a", "b"],
  ["d", "e"],
  ["p", "q"],
  ["key 1", "key 2"],
] as const;

interface Shown {
  readonly held: Versioned | null;
}

/** Puts an entry on one replica. */
function give(c: QuorumCluster, replica: number, key: string, number: number, writer: number): void {
  c.puppet(writer).ask(replica, "store", { key, entry: made(number, writer) });
}

/** Both replicas hold this version, and the one that was asked says so. */
function agreed(c: QuorumCluster, key: string, number: number): void {
  c.converge();
  const { held = null } = (c.puppet(ONE).ask(0, "fetch", { key }) as unknown as Shown | undefined) ?? {};
  c.expect(
    held?.version.number === number,
    "Replicas repair each other (eventual; handout)",
    `of "${key}" version ${number} is on a disk, and server 0 shows ${held?.version.number ?? "nothing"}`,
  );
}

// One replica is ahead in two keys, from the same version to the same version: two changes that must not cancel each other out.
scene("two keys a version ahead are not the same as none", { ...SETUP, points: 2, share: 0.5 }, (c) => {
  const random = c.random("versions");
  for (let round = 0; round < ROUNDS; round++) {
    const pair = random.pick(PAIRS);
    const writer = random.pick([ONE, TWO]);
    const from = 10 * round + 1 + random.int(5);
    const to = from + 1 + random.int(4);
    const ahead = random.int(2);
    for (const key of pair) {
      give(c, 1 - ahead, key, from, writer);
      give(c, ahead, key, to, writer);
    }
    for (const key of pair) agreed(c, key, to);
  }
});

// Each replica is ahead in one key; both hold the same two versions, for different keys.
scene("the same versions of other keys are not the same", { ...SETUP, points: 2, share: 0.5 }, (c) => {
  const random = c.random("versions");
  for (let round = 0; round < ROUNDS / 5; round++) {
    const [left, right] = random.pick(PAIRS);
    const writer = random.pick([ONE, TWO]);
    const from = 10 * round + 1 + random.int(5);
    const to = from + 1 + random.int(4);
    give(c, 0, left, from, writer);
    give(c, 0, right, to, writer);
    give(c, 1, left, to, writer);
    give(c, 1, right, from, writer);
    for (const key of [left, right]) agreed(c, key, to);
  }
});
