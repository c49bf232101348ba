import { scene } from "../kit/quorum";

scene(
  "one of three promises no more than it can keep",
  { lab: 6, servers: 3, coordinators: 2, W: 1, R: 2, promise: "atomic", repairEvery: 200 },
  (c) => {
    c.partition([0], [1, 2]);
    const [writer, reader] = [c.coordinator(0), c.coordinator(1, 2)]; // both must label their reads “eventual”
    writer.write("x", "1");
    reader.read("x"); // may be old
    reader.write("y", "1");
    c.heal();
    c.converge();
    const { value } = reader.read("x");
    c.expect(
      value === "1",
      "In the end all replicas hold the same (eventual)",
      `x holds ${value ?? "nothing"}`,
    );
  },
);
