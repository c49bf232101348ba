import { scene } from "../kit/quorum";

scene(
  "two reads never go from new to old",
  { lab: 6, servers: 3, coordinators: 4, promise: "atomic" },
  (c) => {
    c.coordinator().write("x", "old");
    const writer = c.coordinator();
    for (const to of [1, 2]) c.hold({ from: writer.id, method: "store", to });
    const write = writer.start({ kind: "write", key: "x", value: "new" });
    c.until("the new value is on one disk", () => c.disk(0, "x")?.value === "new");
    const reader = c.coordinator(0, 1);
    const first = reader.read("x");
    c.reach(reader, 0); // what it has not done by now, it does not do
    c.expect(
      first.value === "new",
      "A read takes the newest of R answers",
      `with server 0 it shows "${first.value}"`,
    );
    const second = c.coordinator(1, 2).read("x");
    c.expect(
      second.value === "new",
      "A read writes back what it has found (ABD 1995)",
      `then the other two show "${second.value}"`,
    );
    c.release();
    c.answered(write);
  },
);
