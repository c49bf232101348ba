import { scene } from "../../../labs/kit/quorum";

const GONE =
  "A delete is a write: replicas keep a tombstone, and the old value never wins against it (handout)";

scene(
  "what was deleted stays deleted, however late the old value returns",
  { lab: 6, servers: 3, coordinators: 3, repairEvery: 1000, points: 2 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    const keys = ["a", "b", "c"];
    for (const key of keys) writer.write(key, "old");
    const absent = c.random("absent").pick(c.servers);
    c.crash(absent);
    for (const key of keys) writer.delete(key);
    writer.write("c", "written again");
    c.converge();
    c.watch(60_000);
    c.restart(absent);
    // Two of three, of which one still holds the old values.
    c.reach(reader, absent, c.random("witness").pick(c.others(absent)));
    for (const key of keys) {
      const { value, version } = reader.read(key);
      const wanted = key === "c" ? "written again" : null;
      c.expect(
        value === wanted && version !== null,
        GONE,
        `a minute after its delete "${key}" holds ${JSON.stringify(value)}, version ${JSON.stringify(version)}`,
      );
    }
    c.converge();
    const held = keys.map((key) => c.disk(absent, key)?.value).join();
    c.expect(held === ",,written again", GONE, `server ${absent}, which was away, holds ${held} in the end`);
  },
);

// Nothing but tombstones is news here: replicas tell each other of them, too.
scene(
  "replicas tell each other what was deleted",
  { lab: 6, servers: 5, W: 3, R: 3, coordinators: 2, promise: "regular", repairEvery: 300, points: 1 },
  (c) => {
    const keys = Array.from({ length: 12 }, (_, i) => `key ${i}`);
    const writer = c.coordinator();
    for (const key of keys) writer.write(key, "old");
    c.converge();
    const holders = c.random("holders").shuffle(c.servers).slice(0, 3);
    c.isolate(...c.servers);
    c.reach(writer, ...holders);
    for (const key of keys) writer.delete(key);
    c.reach(writer, ...c.others(...holders));
    c.heal();
    c.converge();
    for (const key of keys) {
      const left = c.values(key).filter((value) => value !== null);
      c.expect(left.length === 0, GONE, `“${key}” was deleted, and ${left.length} replicas show ${left[0]}`);
    }
  },
);
