import { expect } from "chai";
import fc from "fast-check";
import type { Model } from "../model";
import { checkModel } from "./check-model";
import { kv, type KvOperation } from "./kv";
import { lock, type LockOperation } from "./lock";
import { queue, type QueueOperation } from "./queue";
import { register, type RegisterOperation } from "./register";

const text = fc.constantFrom("", "a", "b");
const number = fc.constantFrom(null, 1, 2);

function isSound<S, I, O>(model: Model<S, I, O>, input: fc.Arbitrary<I>): void {
  fc.assert(fc.property(fc.array(input), (inputs) => checkModel(model, inputs)));
}

/** What the model answers, one input after the other, in words. */
function told<S, I, O>(model: Model<S, I, O>, inputs: readonly I[]): string[] {
  let { initial: state } = model;
  return inputs.map((input) => {
    const applied = model.apply(state, input);
    state = applied.state;
    return `${model.tellInput(input)}: ${model.tellOutput(applied.output, input)}; ${model.tellState(state)}`;
  });
}

describe("the models", () => {
  it("of a register", () => {
    const input: fc.Arbitrary<RegisterOperation> = fc.oneof(
      fc.record({ kind: fc.constant("read" as const) }),
      fc.record({ kind: fc.constant("write" as const), value: number }),
      fc.record({ kind: fc.constant("cas" as const), expected: number, value: number, key: fc.constant("") }),
    );
    isSound(register, input);
    expect(
      told(register, [
        { kind: "read" },
        { kind: "write", value: 1 },
        { kind: "cas", key: "x", expected: 1, value: 2 },
        { kind: "cas", expected: 1, value: 3 },
      ]),
    ).to.deep.equal([
      "read(): null; the register holds null",
      "write(1): done; the register holds 1",
      'cas("x", 1 → 2): swapped; the register holds 2',
      "cas(1 → 3): not swapped; the register holds 2",
    ]);
  });

  it("of a key/value service", () => {
    const key = fc.constant("x");
    const input: fc.Arbitrary<KvOperation> = fc.oneof(
      fc.record({ kind: fc.constant("get" as const), key }),
      fc.record({ kind: fc.constantFrom("put" as const, "append" as const), key, value: text }),
      fc.record({ kind: fc.constant("cas" as const), key, expected: text, value: text }),
    );
    isSound(kv, input);
  });

  it("of a queue", () => {
    const input: fc.Arbitrary<QueueOperation> = fc.oneof(
      fc.record({ kind: fc.constant("enqueue" as const), value: text }),
      fc.record({ kind: fc.constant("dequeue" as const) }),
    );
    isSound(queue, input);
    expect(
      told(queue, [{ kind: "enqueue", value: "a" }, { kind: "dequeue" }, { kind: "dequeue" }]),
    ).to.deep.equal([
      'enqueue("a"): done; the queue holds "a"',
      'dequeue(): "a"; the queue is empty',
      "dequeue(): nothing, the queue was empty; the queue is empty",
    ]);
  });

  it("of a lock", () => {
    const input: fc.Arbitrary<LockOperation> = fc.record({
      kind: fc.constantFrom("acquire" as const, "release" as const),
      owner: fc.constantFrom("a", "b"),
    });
    isSound(lock, input);
    expect(
      told(lock, [
        { kind: "acquire", owner: "a" },
        { kind: "acquire", owner: "a" },
        { kind: "release", owner: "b" },
        { kind: "release", owner: "a" },
      ]),
    ).to.deep.equal([
      'acquire("a"): acquired; "a" holds the lock',
      'acquire("a"): not acquired; "a" holds the lock',
      'release("b"): not released; "a" holds the lock',
      'release("a"): released; the lock is free',
    ]);
  });
});

describe("a model that is none", () => {
  const words = { tellInput: () => "add()", tellOutput: String, tellState: String };

  it("answers differently each time", () => {
    let n = 0;
    const model: Model<number, null, number> = {
      ...words,
      name: "dice",
      initial: 0,
      apply: (state) => ({ state, output: n++ }),
    };
    expect(() => checkModel(model, [null])).to.throw("the model dice: add() has two outcomes in one state");
  });

  it("changes its state in place", () => {
    const model: Model<number[], number, number> = {
      ...words,
      name: "list",
      initial: [],
      apply: (state, input) => ({ state, output: state.push(input) }),
    };
    expect(() => checkModel(model, [1])).to.throw(TypeError);
  });
});
