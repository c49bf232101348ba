import { scene, type QuorumCluster } from "../../../labs/kit/quorum";

const OPERATIONS = 10;

const SETUP = { lab: 6, servers: 5, coordinators: 1, network: "constant" } as const;

const SOON = "An operation ends as soon as the replicas that it needs have answered (Gifford 1979; handout)";

/** Virtual ms of a write and a read on average; a message takes 10 there and 10 back. */
function time(c: QuorumCluster): { write: number; read: number } {
  const one = c.coordinator();
  one.write("x", "first");
  c.watch(500);
  const mean = (operation: (n: number) => void): number => {
    const start = c.now;
    for (let n = 0; n < OPERATIONS; n++) operation(n);
    return (c.now - start) / OPERATIONS;
  };
  const write = mean((n) => one.write("x", `${n}`));
  return { write, read: mean(() => one.read("x")) };
}

function demand(c: QuorumCluster, most: number): void {
  const { write, read } = time(c);
  c.expect(
    write <= most,
    SOON,
    `a write takes ${write.toFixed(0)} ms on average, where messages take 10 ms; ${most} would do`,
  );
  c.expect(
    read <= most,
    SOON,
    `a read takes ${read.toFixed(0)} ms on average, where messages take 10 ms; ${most} would do`,
  );
}

scene("an operation takes two round trips", { ...SETUP, points: 1 }, (c) => demand(c, 150));

// Whoever asks only as many as needed may meet them, and ask the others a little later.
scene("nobody waits for two paused replicas", { ...SETUP, points: 1 }, (c) => {
  const [a = 0, b = 1] = c.random("paused").shuffle(c.servers);
  c.freeze(a);
  c.freeze(b);
  demand(c, 300);
});

scene("nobody waits for two replicas that are down", { ...SETUP, points: 1 }, (c) => {
  const [a = 0, b = 1] = c.random("down").shuffle(c.servers);
  c.crash(a, b);
  demand(c, 300);
});

scene(
  "challenge: a read of what all hold takes one round trip",
  { ...SETUP, challenge: true, points: 3 },
  (c) => {
    const { read } = time(c);
    c.expect(
      read <= 30,
      "An atomic read of what W replicas hold already writes nothing back (handout)",
      `it takes ${read.toFixed(0)} ms, where messages take 10`,
    );
  },
);
