import { scene, type Consistency, type QuorumCluster } from "../../../labs/kit/quorum";

const MANY =
  "Concurrent operations do not wait for each other: a quorum has no leader and no lock (ABD 1995)";

/** Five coordinators write, read and delete what all of them want. */
function crowd(c: QuorumCluster, ms: number): void {
  const all = c.coordinators(5);
  const entries = c.underLoad(all, c.mixed(["x", "y"]), () => c.watch(ms));
  for (const entry of entries) c.answered(entry);
  const least = (all.length * ms) / 250;
  c.expect(entries.length >= least, MANY, `five coordinators did ${entries.length} operations in ${ms} ms`);
  c.converge();
}

const PROMISES: readonly Consistency[] = ["eventual", "regular", "atomic"];

for (const promise of PROMISES) {
  const setup = {
    lab: 6,
    servers: 5,
    coordinators: 5,
    network: "regional",
    promise,
    repairEvery: 300,
  } as const;
  scene(`five coordinators on two keys, ${promise}`, { ...setup, points: 1, share: 0.5 }, (c) =>
    crowd(c, 2000),
  );
}

// W + R <= N: here nothing but the order of versions makes replicas agree.
scene(
  "five coordinators with one replica each",
  {
    lab: 6,
    servers: 5,
    W: 1,
    R: 1,
    coordinators: 5,
    network: "regional",
    promise: "eventual",
    repairEvery: 100,
    points: 1,
    share: 0.5,
  },
  (c) => {
    const all = c.coordinators(5);
    for (const [i, one] of all.entries()) c.reach(one, c.servers[i] ?? 0);
    const entries = c.underLoad(all, c.mixed(["x", "y"]), () => c.watch(1500));
    for (const entry of entries) c.answered(entry);
    c.converge();
  },
);
