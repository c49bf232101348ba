import { eachConfiguration, scene } from "../../../labs/kit/quorum";

const ROUNDS = 2;

// Each writer dies while fewer than W hold its value; some of what it sent arrives when everybody has forgotten it.
eachConfiguration(
  "what one read has shown the next one shows, in every (N, W, R)",
  { sizes: [2, 3, 4, 5], promise: "atomic", coordinators: ROUNDS + 4, share: 0.2, points: 3 },
  (c, needs) => {
    const random = c.random("story");
    const readers = c.coordinators(3);
    readers[0]?.write("x", "old");
    for (let round = 1; round <= ROUNDS; round++) {
      const writer = c.coordinator();
      const holders = random.shuffle(c.servers).slice(0, Math.max(1, random.int(c.quorum.W)));
      for (const to of c.others(...holders))
        c.hold({ kind: "request", from: writer.id, method: "store", to });
      writer.start({ kind: "write", key: "x", value: `new ${round}` });
      c.until("somebody holds the new value", () =>
        holders.some((id) => c.disk(id, "x")?.value === `new ${round}`),
      );
      c.crash(writer.id);
      for (const reader of readers) {
        c.reach(reader, ...random.shuffle(c.servers).slice(0, needs.read));
        reader.read("x");
      }
    }
    c.release();
    for (const reader of readers) {
      c.reach(reader);
      reader.read("x");
    }
  },
);

scene(
  "what is written back is written back to W replicas",
  { lab: 6, servers: 3, W: 3, R: 1, coordinators: 3, promise: "atomic", points: 2 },
  (c) => {
    const writer = c.coordinator();
    writer.write("x", "old");
    const [holder = 0, second = 1, third = 2] = c.random("order").shuffle(c.servers);
    for (const to of [second, third]) c.hold({ kind: "request", from: writer.id, method: "store", to });
    const write = writer.start({ kind: "write", key: "x", value: "new" });
    c.until("the new value is on one disk", () => c.disk(holder, "x")?.value === "new");
    const first = c.coordinator();
    for (const to of [second, third]) c.hold({ kind: "request", from: first.id, method: "fetch", to });
    c.hold({ kind: "request", from: first.id, method: "store", to: third });
    const read = first.start({ kind: "read", key: "x" });
    c.watch(300);
    const other = c.coordinator();
    for (const to of [holder, second]) c.hold({ kind: "request", from: other.id, method: "fetch", to });
    other.read("x"); // hears of the old value alone
    c.release();
    c.settle([write, read]);
    other.read("x");
  },
);

scene(
  "an atomic read where W is N waits for all, or gives up",
  { lab: 6, servers: 3, W: 3, R: 2, coordinators: 3, promise: "atomic", timeout: 500, points: 1 },
  (c) => {
    const [one, two] = [c.coordinator(), c.coordinator()];
    one.write("x", "old");
    const [holder = 0, away = 1, third = 2] = c.random("order").shuffle(c.servers);
    for (const to of [away, third]) c.hold({ kind: "request", from: one.id, method: "store", to });
    one.ask({ kind: "write", key: "x", value: "new" });
    c.release();
    c.crash(away);
    two.ask({ kind: "read", key: "x" }); // one of three cannot be told of it
    c.restart(away);
    c.reach(two, ...c.others(holder));
    two.ask({ kind: "read", key: "x" });
    c.reach(two);
    two.read("x");
    one.write("x", "newer");
    c.coordinator().read("x");
  },
);
