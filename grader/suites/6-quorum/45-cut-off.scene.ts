import { hasAnswer, scene } from "../../../labs/kit/quorum";

const ALONE =
  "Who reaches fewer than R replicas reads nothing, and who reaches fewer than W writes nothing for sure (notes 003, CAP)";
const AFTER = "When a partition heals, both sides see what was acknowledged (regular; handout)";

const FIVE = { lab: 6, servers: 5, coordinators: 3, timeout: 500, repairEvery: 300 } as const;

scene("the two sides of a partition", { ...FIVE, points: 2 }, (c) => {
  const [few, many] = [c.coordinator(), c.coordinator()];
  const random = c.random("sides");
  few.write("x", "before");
  for (let round = 1; round <= 3; round++) {
    const [a = 0, b = 1] = random.shuffle(c.servers);
    c.partition([a, b], c.others(a, b));
    c.reach(few, a, b);
    c.reach(many, ...c.others(a, b));
    const lost = few.start({ kind: "write", key: "x", value: `${round}, by the minority` });
    many.write("x", `${round}, by the majority`);
    many.read("x");
    c.settle([lost]);
    c.expect(
      lost.result !== undefined && !hasAnswer(lost.result),
      ALONE,
      "a write on the smaller side was acknowledged",
    );
    const seen = few.ask({ kind: "read", key: "x" });
    c.expect(!hasAnswer(seen), ALONE, `a read on the smaller side shows ${JSON.stringify(seen)}`);
    c.heal();
    c.reach(few);
    c.reach(many);
    const [left, right] = [few.read("x").value, many.read("x").value];
    c.expect(
      left === right && left !== "before",
      AFTER,
      `one side reads “${left}”, the other one “${right}”`,
    );
  }
  c.converge();
});

// With few enough readers and writers the smaller side may read, and nothing that it is shown is promised to be new.
scene("a partition in which both sides read", { ...FIVE, W: 4, R: 2, promise: "regular", points: 1 }, (c) => {
  const [few, many] = [c.coordinator(), c.coordinator()];
  few.write("x", "before");
  const [a = 0, b = 1] = c.random("sides").shuffle(c.servers);
  c.partition([a, b], c.others(a, b));
  c.reach(few, a, b);
  c.reach(many, ...c.others(a, b));
  for (const one of [few, many]) {
    c.expect(
      one.read("x").value !== null,
      "R replicas are enough for a read (notes 000)",
      "it shows nothing",
    );
    const result = one.ask({ kind: "write", key: "x", value: `by C${one.id}` });
    c.expect(!hasAnswer(result), ALONE, `C${one.id}'s write was acknowledged on one side`);
    one.read("x");
  }
  c.heal();
  c.reach(few);
  c.reach(many);
  many.write("x", "after");
  c.expect(few.read("x").value !== "before", AFTER, "the other side sees nothing of it");
  c.converge();
});

scene("a coordinator that reaches nobody", { ...FIVE, points: 1 }, (c) => {
  const [lonely, other] = [c.coordinator(), c.coordinator()];
  other.write("x", "1");
  for (const id of c.servers) c.cut(lonely.id, id);
  for (const request of [
    { kind: "read", key: "x" },
    { kind: "write", key: "x", value: "lost" },
    { kind: "delete", key: "x" },
  ] as const) {
    const entry = lonely.start(request);
    other.write("x", `during a ${request.kind}`);
    c.settle([entry]);
    c.expect(
      entry.result !== undefined && !hasAnswer(entry.result),
      ALONE,
      `its ${request.kind} was answered`,
    );
  }
  c.reach(lonely);
  c.watch(300);
  const { value } = lonely.read("x");
  c.expect(value === "during a delete", "What never left never surfaces (handout)", `it reads “${value}”`);
  lonely.write("x", "back");
  c.expect(other.read("x").value === "back", AFTER, "what it has written is not there");
});

scene("links that work in one direction", { ...FIVE, coordinators: 4, timeout: 1000, points: 1 }, (c) => {
  const all = c.coordinators(4);
  const random = c.random("links");
  for (let round = 0; round < 8; round++) {
    for (const one of all) {
      c.reach(one);
      const deaf = random.shuffle(c.servers).slice(0, 2); // three are left
      for (const id of deaf) {
        if (random.chance(0.5)) c.cutOneWay(one.id, id);
        else c.cutOneWay(id, one.id); // its requests arrive, and the answers get lost
      }
    }
    const begun = all.map((one, i) =>
      one.start(
        i % 2 === 0 ? { kind: "write", key: "x", value: `${round}.${i}` } : { kind: "read", key: "x" },
      ),
    );
    for (const entry of begun) c.answered(entry);
  }
  c.converge();
});
