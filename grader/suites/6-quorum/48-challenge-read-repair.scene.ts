import { scene } from "../../../labs/kit/quorum";

const REPAIRED = "What a read has found to be old is repaired, late answers included (handout, challenge)";

scene(
  "challenge: a read repairs whoever has shown it something older",
  { lab: 6, challenge: true, servers: 5, W: 3, R: 3, coordinators: 3, promise: "regular", points: 3 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    const random = c.random("story");
    for (const key of ["a", "b", "c"]) {
      writer.write(key, "old");
      c.watch(50);
      const holders = random.shuffle(c.servers).slice(0, 3 + random.int(2));
      c.reach(writer, ...holders);
      writer.write(key, "new");
      c.watch(50);
      reader.read(key);
      c.watch(500);
      const stale = c.servers.filter((id) => c.disk(id, key)?.value !== "new");
      const known = c.values(key).filter((value) => value === "new").length;
      c.expect(
        known > 0 && stale.length === 0,
        REPAIRED,
        `half a second after a read server ${stale.join(", ")} still holds the old value`,
      );
      c.reach(writer);
    }
  },
);
