import { scene } from "../../../labs/kit/quorum";
import { subsets } from "./subsets";

const NEWEST =
  "A replica that was away shows what it has, and R answers together show the last write (notes 000)";
const KEPT = "A disk outlives a crash: a replica comes back with all that it has acknowledged (handout)";

const KEYS = ["a", "b", "c", "d", "e", "f"];

scene(
  "a replica comes back after others have written",
  { lab: 6, servers: 5, coordinators: 12, promise: "regular", points: 1 },
  (c) => {
    const writer = c.coordinator();
    const random = c.random("story");
    for (const key of KEYS) writer.write(key, "before");
    const absent = random.shuffle(c.servers).slice(0, 2);
    const before = new Map(absent.map((id) => [id, KEYS.map((key) => c.disk(id, key)?.value)]));
    c.crash(...absent);
    for (const key of KEYS) {
      if (random.chance(0.3)) writer.delete(key);
      else writer.write(key, "meanwhile");
    }
    c.restart(...absent);
    for (const [id, values] of before) {
      const held = KEYS.map((key) => c.disk(id, key)?.value);
      c.expect(
        held.join() === values.join(),
        KEPT,
        `server ${id} held ${values.join(", ")}, and comes back with ${held.join(", ")}`,
      );
    }
    for (const group of subsets(c.servers, 3)) {
      const reader = c.coordinator(...group);
      const key = random.pick(KEYS);
      const { value } = reader.read(key);
      c.expect(value !== "before", NEWEST, `servers ${group.join(", ")} show "before" for "${key}"`);
    }
  },
);

scene(
  "one after the other replicas are away and come back",
  { lab: 6, servers: 3, coordinators: 3, repairEvery: 200, points: 1 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    const random = c.random("story");
    for (let round = 0; round < 8; round++) {
      const away = random.pick(c.servers);
      const isCrash = random.chance(0.5);
      if (isCrash) c.crash(away);
      else {
        c.isolate(away);
        c.reach(writer, ...c.others(away));
      }
      for (const key of KEYS) if (random.chance(0.5)) writer.write(key, `round ${round}`);
      for (const key of KEYS) reader.read(key);
      c.restart(away);
      c.heal();
      c.reach(writer);
      if (random.chance(0.5)) c.watch(random.between(0, 300));
    }
    c.converge();
    const last = c.coordinator();
    for (const key of KEYS) {
      const { value } = last.read(key);
      c.expect(
        c.values(key).every((held) => held === value),
        NEWEST,
        `of "${key}" a read shows ${value}, the disks hold ${c.values(key).join(", ")}`,
      );
    }
  },
);

scene(
  "all replicas crash, and lose nothing",
  { lab: 6, servers: 5, coordinators: 3, repairEvery: 200, points: 1 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    for (const round of [1, 2, 3]) {
      for (const key of KEYS) writer.write(key, `round ${round}`);
      writer.delete("f");
      c.crash(...c.servers);
      c.watch(500);
      c.restart(...c.servers);
      for (const key of KEYS) {
        const { value } = reader.read(key);
        const wanted = key === "f" ? null : `round ${round}`;
        c.expect(
          value === wanted,
          KEPT,
          `after a crash of all replicas "${key}" holds ${JSON.stringify(value)}`,
        );
      }
    }
    c.converge();
  },
);
