import { scene } from "../kit/quorum";

scene(
  "a coordinator that restarts issues no version twice",
  { lab: 6, servers: 3, coordinators: 2, repairEvery: 200 },
  (c) => {
    const coordinator = c.coordinator();
    coordinator.write("x", "1");
    c.isolate(0);
    for (const to of [1, 2]) c.hold({ from: coordinator.id, method: "store", to });
    coordinator.start({ kind: "write", key: "x", value: "2" });
    c.until("server 0 holds the next value", () => c.disk(0, "x")?.value === "2");
    c.crash(coordinator.id);
    c.reach(coordinator, 0);
    c.release(); // and it is all in vain
    c.watch(10);
    c.reach(coordinator, 1, 2); // from which it learns nothing of its last write
    c.restart(coordinator.id);
    coordinator.write("x", "3");
    c.expect(c.coordinator(1, 2).read("x").value === "3", "The last write wins", `the key does not hold "3"`);
    c.heal();
    c.converge();
  },
);
