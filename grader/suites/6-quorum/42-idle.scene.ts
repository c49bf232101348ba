import { scene, type QuorumCluster } from "../../../labs/kit/quorum";

const ROUNDS = 20;

/** Of an entry; far more than what has to be said of its key and version. */
const LARGE = "x".repeat(1000);

const KEYS = 100;

const SETUP = { lab: 6, servers: 4, coordinators: 1, repairEvery: 500 } as const;

/** Writes a hundred keys and lets the replicas agree; what a cluster costs that has nothing to do, in 20 rounds. */
function idle(c: QuorumCluster): { calls: number; bytes: number } {
  const writer = c.coordinator();
  for (let i = 0; i < KEYS; i++) writer.write(`key ${i}`, LARGE);
  c.converge();
  c.watch(SETUP.repairEvery);
  return c.used(() => c.watch(ROUNDS * SETUP.repairEvery));
}

scene("replicas that agree send summaries, and no entries", { ...SETUP, points: 2, share: 0.5 }, (c) => {
  const { calls, bytes } = idle(c);
  const most = 2 * c.servers.length * (ROUNDS + 2);
  const during = `by four idle replicas in ${ROUNDS} rounds of anti-entropy`;
  c.budget("messages", calls, most, during);
  c.budget("bytes", bytes, most * 100 * KEYS, `${during}, with ${KEYS} keys of 1,000 bytes`);
});

scene(
  "challenge: what a round costs does not grow with the keys",
  { ...SETUP, challenge: true, points: 4, share: 0.5 },
  (c) => {
    const { bytes } = idle(c);
    const most = c.servers.length * (ROUNDS + 2) * 500;
    c.budget("bytes", bytes, most, `by four idle replicas in ${ROUNDS} rounds, with ${KEYS} keys`);
  },
);

scene(
  "challenge: one key that differs does not cost the others",
  { ...SETUP, challenge: true, coordinators: 2, points: 3, share: 0.5 },
  (c) => {
    idle(c);
    const writer = c.coordinator();
    c.isolate(...c.servers);
    c.reach(writer, 0, 1, 2);
    for (const value of ["never seen by server 3", "new"]) writer.write("key 7", value);
    c.heal();
    const { bytes } = c.used(() => {
      c.converge();
      c.watch(ROUNDS * SETUP.repairEvery);
    });
    const most = c.servers.length * (ROUNDS + 2) * 500 + 4 * 100 * KEYS;
    c.budget(
      "bytes",
      bytes,
      most,
      `while one of ${KEYS} keys of 1,000 bytes was repaired, and in ${ROUNDS} rounds after that`,
    );
  },
);

scene(
  "without anti-entropy an idle cluster is silent",
  { ...SETUP, servers: 5, repairEvery: 0, points: 1 },
  (c) => {
    const writer = c.coordinator();
    for (const value of ["1", "2"]) writer.write("x", value);
    writer.read("x");
    c.watch(1000);
    const { calls } = c.used(() => c.watch(10_000));
    c.budget("messages", calls, 0, "in ten quiet seconds with repairEvery: 0");
  },
);
