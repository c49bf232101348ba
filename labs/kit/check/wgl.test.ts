import { expect } from "chai";
import fc from "fast-check";
import { hasOrder } from "./brute";
import { histories } from "./brute-histories";
import { DEFAULT_BUDGET } from "./budget";
import type { Model } from "./model";
import { kv, type KvOperation } from "./models/kv";
import { lock, type LockOperation } from "./models/lock";
import { queue, type QueueOperation } from "./models/queue";
import { register, type RegisterOperation } from "./models/register";
import { replayOrder } from "./validate";
import { searchOrder } from "./wgl";

const text = fc.constantFrom("a", "b");
const number = fc.constantFrom(1, 2, 3);
const key = fc.constant("x");

const registerInput: fc.Arbitrary<RegisterOperation> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const) }),
  fc.record({ kind: fc.constant("write" as const), value: number }),
  fc.record({ kind: fc.constant("cas" as const), expected: number, value: number }),
);
const kvInput: fc.Arbitrary<KvOperation> = fc.oneof(
  fc.record({ kind: fc.constant("get" as const), key }),
  fc.record({ kind: fc.constantFrom("put" as const, "append" as const), key, value: text }),
  fc.record({ kind: fc.constant("cas" as const), key, expected: text, value: text }),
);
const queueInput: fc.Arbitrary<QueueOperation> = fc.oneof(
  fc.record({ kind: fc.constant("enqueue" as const), value: text }),
  fc.record({ kind: fc.constant("dequeue" as const) }),
);
const lockInput: fc.Arbitrary<LockOperation> = fc.record({
  kind: fc.constantFrom("acquire" as const, "release" as const),
  owner: text,
});

/** Answers without versions, as other systems give them. */
const plainKv: typeof kv = {
  ...kv,
  apply: (cell, input) => {
    const { state, output } = kv.apply(cell, input);
    const { version: _, ...rest } = output;
    return { state, output: rest };
  },
};

const RUNS = 4000;

function agreesWithDefinition<S, I, O>(model: Model<S, I, O>, input: fc.Arbitrary<I>): void {
  const verdicts = { linearizable: 0, "not linearizable": 0, undecided: 0 };
  for (const spread of [15, 60]) {
    const drawn = histories(model, input, { operations: 7, spread, lies: true });
    fc.assert(
      fc.property(drawn, (history) => {
        const open = history.filter(({ outcome }) => outcome !== "failed");
        const decision = searchOrder(open, model, DEFAULT_BUDGET);
        verdicts[decision.verdict]++;
        expect(decision.verdict).to.equal(hasOrder(history, model) ? "linearizable" : "not linearizable");
        if (decision.verdict === "linearizable") {
          expect(replayOrder(decision.order, history, model)).to.equal(undefined);
        }
      }),
      { numRuns: RUNS / 2 },
    );
  }
  expect(verdicts["not linearizable"]).to.be.greaterThan(RUNS / 40);
  expect(verdicts.linearizable).to.be.greaterThan(RUNS / 40);
}

function acceptsRuns<S, I, O>(model: Model<S, I, O>, input: fc.Arbitrary<I>): void {
  const drawn = histories(model, input, { operations: 30, spread: 25, lies: false });
  fc.assert(
    fc.property(drawn, (history) => {
      const open = history.filter(({ outcome }) => outcome !== "failed");
      const decision = searchOrder(open, model, DEFAULT_BUDGET);
      expect(decision.verdict).to.equal("linearizable");
      if (decision.verdict !== "linearizable") return;
      expect(replayOrder(decision.order, history, model)).to.equal(undefined);
    }),
    { numRuns: 300 },
  );
}

describe("the plain engine", () => {
  describe("agrees with the definition on small histories", () => {
    it("of a register", () => agreesWithDefinition(register, registerInput));
    it("of a key/value service", () => agreesWithDefinition(kv, kvInput));
    it("of a key/value service without versions", () => agreesWithDefinition(plainKv, kvInput));
    it("of a queue", () => agreesWithDefinition(queue, queueInput));
    it("of a lock", () => agreesWithDefinition(lock, lockInput));
  });

  describe("accepts what came from a run", () => {
    it("of a register", () => acceptsRuns(register, registerInput));
    it("of a key/value service", () => acceptsRuns(kv, kvInput));
    it("of a queue", () => acceptsRuns(queue, queueInput));
    it("of a lock", () => acceptsRuns(lock, lockInput));
  });
});
