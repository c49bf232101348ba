import { scene } from "../kit/quorum";

const RULE = "A delete is a write: it has a version, and whatever is older does not come back";

scene("what was deleted does not come back", { lab: 6, servers: 3, repairEvery: 200 }, (c) => {
  const coordinator = c.coordinator();
  coordinator.write("x", "old");
  c.converge();
  c.crash(2);
  const { version } = coordinator.delete("x");
  c.restart(2); // with the old value
  c.crash(0);
  const after = coordinator.read("x");
  c.expect(
    after.value === null && after.version?.number === version.number,
    RULE,
    `after delete("x") a read shows ${JSON.stringify(after)}`,
  );
  c.crash(1);
  c.restart(0, 1);
  c.converge();
  coordinator.write("x", "new");
  c.expect(coordinator.read("x").value === "new", "The last write wins", `the key does not hold "new"`);
});
