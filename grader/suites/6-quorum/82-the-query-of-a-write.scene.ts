import { scene } from "../../../labs/kit/quorum";

const AFTER =
  "A write asks R replicas which number is next, or it may lose against one before it (ABD; handout)";

// W=2 and R=4 of five: only who has asked four has surely asked one of the two.
scene(
  "a write asks R replicas, whatever W and a majority are",
  { lab: 6, servers: 5, W: 2, R: 4, coordinators: 4, promise: "regular", points: 2 },
  (c) => {
    const [first, reader] = [c.coordinator(), c.coordinator()];
    const random = c.random("holders");
    for (const key of ["a", "b", "c"]) first.write(key, "to count up");
    for (const [i, second] of c.coordinators(2).entries()) {
      const key = `key ${i}`;
      const [a = 0, b = 1, ...others] = random.shuffle(c.servers);
      for (const to of others) c.hold({ kind: "request", from: first.id, method: "store", to });
      first.write(key, "first");
      for (const to of [a, b]) c.hold({ kind: "request", from: second.id, method: "fetch", to });
      const write = second.start({ kind: "write", key, value: "second" });
      c.watch(300);
      c.release();
      c.answered(write);
      const { value } = reader.read(key);
      c.expect(value === "second", AFTER, `the second write was acknowledged, and a read shows “${value}”`);
    }
  },
);
