import fc from "fast-check";
import { histories } from "../brute-histories";
import type { Decision } from "../decision";
import { precedes, type History, type Operation } from "../history";
import type { Model } from "../model";
import { kv, type KvAnswer, type KvOperation } from "../models/kv";
import { lock } from "../models/lock";
import { queue } from "../models/queue";
import { register, type RegisterOperation } from "../models/register";
import { sameValue } from "../same";

/** An oracle for small histories: it tries all orders. */
export function tryAll<S, I, O>(model: Model<S, I, O>): (operations: History<I, O>) => Decision {
  return (operations) => {
    const tried = new Set<string>();
    let steps = 0;
    const follow = (order: number[], left: History<I, O>, state: S): number[] | undefined => {
      if (left.every(({ outcome }) => outcome !== "ok")) return order;
      const here = JSON.stringify([left.map(({ id }) => id), state]);
      if (tried.has(here)) return undefined;
      tried.add(here);
      for (const next of left) {
        if (left.some((other) => precedes(other, next))) continue;
        steps++;
        const applied = model.apply(state, next.input);
        if (!isTold(next, applied.output, model)) continue;
        const rest = left.filter((operation) => operation !== next);
        const found = follow([...order, next.id], rest, applied.state);
        if (found) return found;
      }
      return undefined;
    };
    const order = follow([], operations, model.initial);
    const effort = { way: "all", steps, bytes: 0 };
    return order ? { verdict: "linearizable", order, ...effort } : { verdict: "not linearizable", ...effort };
  };
}

/** Whether an operation was told what the model says, or nothing. */
export function isTold<S, I, O>(
  { outcome, output }: Operation<I, O>,
  said: O,
  model: Model<S, I, O>,
): boolean {
  return outcome !== "ok" || (model.agrees?.(said, output as O) ?? sameValue(said, output));
}

/** What the tests make of an operation whose answer does not count: said once more, on purpose. */
export function open<I, O>({ id, session, input, call }: Operation<I, O>): Operation<I, O> {
  return { id, session, input, call, outcome: "unknown", return: Infinity };
}

/** The history when `last` was answered, or right before that. */
export function cutAt<I, O>(history: History<I, O>, last: Operation<I, O>, answered: boolean): History<I, O> {
  return history
    .filter(({ outcome, call }) => outcome !== "failed" && call <= last.return)
    .map((operation) => {
      if (operation.id === last.id) return answered ? operation : open(operation);
      const earlier =
        operation.return < last.return || (operation.return === last.return && operation.id < last.id);
      return earlier ? operation : open(operation);
    });
}

/** The operations, some of them kept; the others may happen after their call, or not, whatever they answered. */
export function freed<I, O>(operations: History<I, O>, kept: readonly number[]): History<I, O> {
  return operations
    .filter(({ id, output }) => kept.includes(id) || !changedNothing(output))
    .map((operation) => (kept.includes(operation.id) ? operation : open(operation)));
}

/** A compare-and-set that was told so has no part in other orders, either. */
function changedNothing(output: unknown): boolean {
  return typeof output === "object" && output !== null && "swapped" in output && output.swapped === false;
}

/** A model with histories of it that often have no order. */
export interface Kind<S, I, O> {
  readonly name: string;
  readonly model: Model<S, I, O>;
  readonly drawn: fc.Arbitrary<History<I, O>>;
}

type KvHistory = History<KvOperation, Partial<KvAnswer>>;
const key = fc.constant("x");
const value = fc.constantFrom("a", "b", "c", "d");
const swap = fc.record({
  kind: fc.constant("cas" as const),
  key,
  expected: fc.constantFrom("", "a", "b"),
  value,
});
const changes = [fc.record({ kind: fc.constant("put" as const), key, value }), swap];
const append = fc.record({ kind: fc.constant("append" as const), key, value });
const get = fc.record({ kind: fc.constant("get" as const), key });
const kvInput: fc.Arbitrary<KvOperation> = fc.oneof(...changes, append, get, get, get);
const putInput: fc.Arbitrary<KvOperation> = fc.oneof(...changes, swap, swap, get, get, get);
const appendInput: fc.Arbitrary<KvOperation> = fc.oneof(append, get);
const registerInput: fc.Arbitrary<RegisterOperation> = fc.oneof(
  ...[1, 2, 3].map(() => fc.record({ kind: fc.constant("read" as const) })),
  fc.record({ kind: fc.constant("write" as const), value: fc.nat(4) }),
  fc.record({ kind: fc.constant("cas" as const), expected: fc.nat(2), value: fc.nat(4) }),
);
const queueInput = fc.oneof(
  fc.record({ kind: fc.constant("enqueue" as const), value: fc.constantFrom("a", "b", "c") }),
  fc.record({ kind: fc.constant("dequeue" as const) }),
);
const lockInput = fc.record({
  kind: fc.constantFrom("acquire" as const, "release" as const),
  owner: fc.constantFrom("ann", "bob"),
});

const shape = { operations: 9, spread: 18, lies: true };

/** What the answers of a log say that knows no versions. */
function withoutVersions(history: KvHistory): KvHistory {
  return history.map((operation) => {
    if (!operation.output) return operation;
    const { version, ...output } = operation.output;
    void version;
    return { ...operation, output };
  });
}

/** Calls `test` for each kind. */
export function forKinds(test: <S, I, O>(kind: Kind<S, I, O>) => void): void {
  const bare = (input: fc.Arbitrary<KvOperation>): fc.Arbitrary<KvHistory> =>
    histories(kv, input, shape).map(withoutVersions);
  test({ name: "keys with versions", model: kv, drawn: histories(kv, kvInput, shape) });
  test({ name: "keys without versions", model: kv, drawn: bare(kvInput) });
  test({ name: "keys that are put", model: kv, drawn: bare(putInput) });
  test({ name: "keys that are appended to", model: kv, drawn: bare(appendInput) });
  test({ name: "registers", model: register, drawn: histories(register, registerInput, shape) });
  test({ name: "queues", model: queue, drawn: histories(queue, queueInput, shape) });
  test({ name: "locks", model: lock, drawn: histories(lock, lockInput, shape) });
}
