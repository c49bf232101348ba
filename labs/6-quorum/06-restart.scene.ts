import { scene } from "../kit/quorum";

scene(
  "a coordinator that restarts issues no version twice",
  { lab: 6, servers: 3, coordinators: 2, repairEvery: 200 },
  (c) => {
    const coordinator = c.coordinator();
    coordinator.write("x", "1");
    c.crashAt({ server: coordinator.id, effect: "save", nth: 1, when: "after" });
    coordinator.start({ kind: "write", key: "x", value: "2" });
    c.until("the coordinator has crashed", () => !c.isUp(coordinator.id));
    c.restart(coordinator.id);
    coordinator.write("x", "3");
    c.expect(c.coordinator().read("x").value === "3", "The last write wins", `the key does not hold "3"`);
    c.converge();
  },
);
