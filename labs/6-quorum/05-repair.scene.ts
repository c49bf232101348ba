import { scene } from "../kit/quorum";

scene("a replica that was away catches up", { lab: 6, servers: 3, repairEvery: 200 }, (c) => {
  const coordinator = c.coordinator();
  const keys = ["a", "b", "c", "d"];
  for (const key of keys) coordinator.write(key, "1");
  c.crash(2);
  for (const key of keys) coordinator.write(key, "2");
  coordinator.delete("d");
  c.restart(2);
  c.isolate(0);
  c.reach(coordinator, 0); // nobody but server 1 can tell server 2
  c.until(
    "server 2 holds all that it has missed",
    () => keys.every((key) => c.disk(2, key)?.value !== "1"),
    10_000,
    "What a replica has missed it learns from any other, with nobody's help (anti-entropy; handout)",
  );
  c.heal();
  c.converge();
});
