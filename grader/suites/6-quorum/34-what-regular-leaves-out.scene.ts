import { scene } from "../../../labs/kit/quorum";

scene(
  "a regular read waits for R replicas, not for W",
  { lab: 6, servers: 5, W: 4, R: 2, coordinators: 4, promise: "regular", timeout: 500, points: 1 },
  (c) => {
    const writer = c.coordinator();
    writer.write("x", "old");
    const order = c.random("holders").shuffle(c.servers);
    const [first = 0, ...others] = order;
    for (const to of others) c.hold({ from: writer.id, method: "store", to });
    const write = writer.start({ kind: "write", key: "x", value: "new" });
    c.until("the new value is on one disk", () => c.disk(first, "x")?.value === "new");
    const { value } = c.coordinator(first, others[0] ?? 0).read("x");
    c.expect(
      value === "new",
      "A read takes the newest of R answers (Gifford 1979)",
      `the one that holds it shows ${value}`,
    );
    // Older than what was shown, and yet regular: the write is still open.
    c.coordinator(...others.slice(2)).read("x");
    c.release();
    c.answered(write);
    const last = c.coordinator(...others.slice(1, 3)).read("x");
    c.expect(
      last.value === "new",
      "A read shows the last acknowledged write (regular; Lamport 1986)",
      `it shows ${last.value}`,
    );
  },
);
