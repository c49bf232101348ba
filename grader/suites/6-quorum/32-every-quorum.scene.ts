import { eachConfiguration, hasAnswer, type Consistency } from "../../../labs/kit/quorum";

const BLOCKED =
  "Fewer than W acknowledgements do not make a write, and fewer than R answers no read (notes 000)";

const PROMISES: readonly Consistency[] = ["eventual", "regular", "atomic"];

for (const promise of PROMISES) {
  const setup = { sizes: [1, 2, 3, 4, 5], promise, share: 0.2 } as const;

  // The writers reach as few as they need, each on another side, and the reader on the other side of each.
  eachConfiguration(
    `every (N, W, R) in a partition, ${promise}`,
    { ...setup, coordinators: 3, points: 1 },
    (c, needs) => {
      const order = c.random("sides").shuffle(c.servers);
      const reversed = order.toReversed();
      const [writer, other, reader] = [c.coordinator(), c.coordinator(), c.coordinator()];
      writer.write("x", "everywhere");
      for (const [i, one] of [writer, other].entries()) {
        const [near, far] = i === 0 ? [order, reversed] : [reversed, order];
        c.reach(one, ...near.slice(0, needs.write));
        c.reach(reader, ...far.slice(0, needs.read));
        for (const value of ["1", "2"]) one.write("x", `${value} by C${one.id}`);
        reader.read("x");
      }
      if (c.quorum.W > 1) {
        c.reach(writer, ...order.slice(0, c.quorum.W - 1));
        const result = writer.ask({ kind: "write", key: "x", value: "3" });
        c.expect(!hasAnswer(result), BLOCKED, `a write that reached ${c.quorum.W - 1} of them succeeded`);
      }
      if (c.quorum.R > 1) {
        c.reach(reader, ...order.slice(0, c.quorum.R - 1));
        const result = reader.ask({ kind: "read", key: "x" });
        c.expect(!hasAnswer(result), BLOCKED, `a read that reached ${c.quorum.R - 1} of them succeeded`);
      }
      c.reach(writer);
      c.reach(reader);
      reader.read("x");
      writer.write("x", "4");
      reader.read("x");
    },
  );

  eachConfiguration(
    `every (N, W, R) while replicas crash, ${promise}`,
    { ...setup, points: 1 },
    (c, needs) => {
      const [writer, reader] = [c.coordinator(), c.coordinator()];
      const { N, W, R } = c.quorum;
      const victims = c.random("victims").shuffle(c.servers);
      for (let up = N; up >= 0; up--) {
        const [write, read] = [
          { kind: "write", key: "x", value: `${up} are up` },
          { kind: "read", key: "x" },
        ] as const;
        if (up >= needs.write) writer.write("x", write.value);
        else if (up >= W - 1) {
          const written = writer.ask(write);
          c.expect(up >= W || !hasAnswer(written), BLOCKED, `with ${up} replicas up a write succeeded`);
        }
        if (up >= needs.read) reader.read("x");
        else if (up >= R - 1) {
          const seen = reader.ask(read);
          c.expect(up >= R || !hasAnswer(seen), BLOCKED, `with ${up} replicas up a read succeeded`);
        }
        c.crash(...victims.slice(up - 1, up));
      }
      c.restart(...c.servers);
      reader.read("x");
      writer.write("x", "all are back");
      reader.read("x");
    },
  );
}
