import { scene, type QuorumCluster } from "../../../labs/kit/quorum";

const TIMES = 20;

const SETUP = { lab: 6, servers: 5, coordinators: 2 } as const;

/** A writer may leave replicas without its value that it had no need to ask: so many may be handed it later. */
function lacking(c: QuorumCluster): number {
  return c.servers.filter((id) => c.disk(id, "x") === null).length;
}

/** How often `operation` is done, with time in between for what comes late; what that costs. */
function costs(c: QuorumCluster, operation: (n: number) => void): { calls: number; changes: number } {
  c.watch(500);
  const before = c.changes(c.servers);
  const { calls } = c.used(() => {
    for (let n = 0; n < TIMES; n++) {
      operation(n);
      c.watch(50);
    }
  });
  return { calls, changes: c.changes(c.servers) - before };
}

scene("a write asks each replica twice, and each saves once", { ...SETUP, points: 2 }, (c) => {
  const [writer, other] = [c.coordinator(), c.coordinator()];
  other.write("x", "first");
  const all = c.changes();
  const { calls, changes } = costs(c, (n) => {
    if (n % 5 === 4) writer.delete("x");
    else writer.write("x", `${n}`);
  });
  const N = c.servers.length;
  c.budget("messages", calls, TIMES * 2 * N, `for ${TIMES} writes to five replicas`);
  c.budget("writes", changes, TIMES * N, `on five replicas' disks for ${TIMES} writes`);
  c.budget(
    "writes",
    c.changes() - all,
    TIMES * (N + 1) + N,
    `on all disks for ${TIMES} writes, the coordinator's included`,
  );
});

scene("a write that promises little asks each replica once", { ...SETUP, W: 2, R: 2, points: 1 }, (c) => {
  const writer = c.coordinator();
  const { calls } = costs(c, (n) => writer.write("x", `${n}`));
  c.budget("messages", calls, TIMES * c.servers.length, `for ${TIMES} writes to five replicas`);
});

scene("a regular read asks each replica once", { ...SETUP, promise: "regular", points: 1 }, (c) => {
  const [writer, reader] = [c.coordinator(), c.coordinator()];
  writer.write("x", "1");
  c.watch(50);
  const missing = lacking(c);
  const { calls, changes } = costs(c, (n) => (n % 2 === 0 ? reader : writer).read("x"));
  c.budget(
    "messages",
    calls,
    TIMES * c.servers.length,
    `for ${TIMES} regular reads of what five replicas hold`,
  );
  c.budget("writes", changes, missing, `on the replicas' disks for ${TIMES} reads`);
});

scene("an atomic read asks each replica twice at most", { ...SETUP, points: 1 }, (c) => {
  const [writer, reader] = [c.coordinator(), c.coordinator()];
  writer.write("x", "1");
  c.watch(50);
  const missing = lacking(c);
  const { calls, changes } = costs(c, (n) => (n % 2 === 0 ? reader : writer).read("x"));
  c.budget(
    "messages",
    calls,
    TIMES * 2 * c.servers.length,
    `for ${TIMES} atomic reads of what five replicas hold`,
  );
  c.budget("writes", changes, missing, `on the replicas' disks for ${TIMES} reads`);
});

scene(
  "challenge: an atomic read of what all hold asks each replica once",
  { ...SETUP, challenge: true, points: 3 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    for (const value of ["1", "2"]) {
      writer.write("x", value);
      const { calls } = costs(c, (n) => (n % 2 === 0 ? reader : writer).read("x"));
      c.budget(
        "messages",
        calls,
        TIMES * c.servers.length,
        `for ${TIMES} atomic reads of what five replicas hold`,
      );
    }
  },
);
