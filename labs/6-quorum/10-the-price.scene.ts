import { scene, type QuorumCluster } from "../kit/quorum";

const SETUP = { lab: 6, servers: 5, network: "constant" } as const; // 10 ms each way

scene("what a write costs", SETUP, (c) => {
  const coordinator = c.coordinator();
  coordinator.write("x", "1");
  const { ms, calls, writes } = cost(c, () => coordinator.write("x", "2"));
  c.expect(ms <= 50, "A write takes two round trips (handout)", `a write takes ${ms} ms; a round trip is 20`);
  c.budget("messages", calls, 10, "for a write to five replicas");
  c.budget("writes", writes, 5, "of replicas for a write");
});

scene("what a read costs", { ...SETUP, repairEvery: 200 }, (c) => {
  const coordinator = c.coordinator();
  coordinator.write("x", "1");
  c.converge();
  c.partition(...c.servers.map((id) => [id])); // replicas hear no longer of each other
  c.watch(100);
  const { ms, calls, writes } = cost(c, () => coordinator.read("x"));
  c.expect(ms <= 50, "A read takes one round trip, or two (handout)", `a read takes ${ms} ms`);
  c.budget("messages", calls, 10, "for a read of five replicas");
  c.budget("writes", writes, 0, "of replicas for a read that finds them agreed");
});

/** What an operation costs, and what comes after it. */
function cost(c: QuorumCluster, operation: () => void): { ms: number; calls: number; writes: number } {
  const before = c.now;
  let ms = 0;
  const used = c.used(() => {
    operation();
    ms = c.now - before;
    c.watch(200);
  });
  return { ...used, ms };
}
