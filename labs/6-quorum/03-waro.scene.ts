import { scene } from "../kit/quorum";

scene(
  "WARO: one replica down stops writes, one that is left serves reads",
  { lab: 6, servers: 3, W: 3, R: 1, promise: "regular" },
  (c) => {
    const coordinator = c.coordinator();
    coordinator.write("x", "1");
    c.crash(2);
    const result = coordinator.ask({ kind: "write", key: "x", value: "2" });
    c.expect(
      result === "unknown" || result === "failed", // which of the two is true, the examiner knows
      "WARO writes to all replicas, so one that is down stops writes (notes 000)",
      `with a replica down a write to all three ended with ${JSON.stringify(result)}`,
    );
    c.crash(1);
    c.expect(
      coordinator.read("x").value !== null,
      "WARO reads from any one replica (notes 000)",
      "the read shows nothing",
    );
    c.restart(1, 2);
    coordinator.write("x", "3");
  },
);
