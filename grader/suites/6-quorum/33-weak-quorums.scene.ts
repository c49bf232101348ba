import { scene } from "../../../labs/kit/quorum";

const ANSWERED = "Where W + R <= N, R replicas are enough for a read, whatever they have missed (handout)";
const AGREE =
  "Equal numbers are ordered by writer, so that all replicas keep the same (ABD, several writers)";

scene(
  "one of three shows an old value, and nobody minds",
  { lab: 6, servers: 3, W: 1, R: 1, coordinators: 2, promise: "atomic", repairEvery: 300, points: 1 },
  (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    writer.write("x", "old");
    c.converge();
    c.isolate(2);
    c.reach(writer, 0, 1);
    c.reach(reader, 2);
    writer.write("x", "new");
    const stale = reader.read("x");
    c.expect(stale.value === "old", ANSWERED, `server 2, which knows only "old", shows ${stale.value}`);
    c.heal();
    c.converge();
    const fresh = reader.read("x");
    c.expect(
      fresh.value === "new",
      "Replicas repair each other (eventual; handout)",
      `server 2 shows ${fresh.value}`,
    );
  },
);

scene(
  "two writers who do not know of each other end with one value",
  { lab: 6, servers: 4, W: 2, R: 2, coordinators: 3, promise: "eventual", repairEvery: 300, points: 1 },
  (c) => {
    const writers = c.coordinators(2);
    const keys = ["a", "b", "c", "d"];
    const [left, right] = [c.random("sides").shuffle(c.servers).slice(0, 2), [] as number[]];
    right.push(...c.others(...left));
    c.partition(left, right);
    for (const [i, writer] of writers.entries()) {
      c.reach(writer, ...(i === 0 ? left : right));
      for (const key of keys) writer.write(key, `${key} by C${writer.id}`);
      writer.delete("d");
    }
    c.heal();
    c.converge();
    const reader = c.coordinator();
    for (const key of keys) {
      const { value } = reader.read(key);
      const held = c.values(key);
      c.expect(
        held.every((each) => each === value),
        AGREE,
        `of "${key}" the disks hold ${held.join(", ")}, a read shows ${value}`,
      );
    }
  },
);
