import { precedes, type History, type Operation } from "./history";
import type { Model } from "./model";

// The judge of the judges. Nothing here is shared with the engines, and nothing here is clever: what they find is checked
// by code so plain that one can see it is right. Tests put every "yes" and every "no" through it.

/**
 * Goes through an order that is said to prove a history linearizable.
 *
 * @param order - ids
 * @returns what is wrong with it, in a sentence; undefined if it is a proof
 */
export function replayOrder<S, I, O>(
  order: readonly number[],
  history: History<I, O>,
  model: Model<S, I, O>,
): string | undefined {
  const left = new Map(history.map((operation) => [operation.id, operation]));
  const states = new Map<string, S>();
  let latest: Operation<I, O> | undefined;
  for (const id of order) {
    const operation = left.get(id);
    if (!operation) return `operation ${id} is in the order twice, or not in the history`;
    left.delete(id);
    if (operation.outcome === "failed") return `operation ${id} failed, so it has no place in the order`;

    // Of those before it, the one that was called last is the one that it can have preceded.
    if (latest && precedes(operation, latest)) {
      return `operation ${id} was answered before operation ${latest.id} was called, and comes after it`;
    }
    if (!latest || operation.call > latest.call) latest = operation;

    const part = model.part?.(operation.input) ?? "";
    const state = states.has(part) ? (states.get(part) as S) : model.initial;
    const next = model.apply(state, operation.input);
    if (operation.outcome === "ok" && !agrees(model, next.output, operation.output as O)) {
      const [would, was] = [next.output, operation.output as O].map((o) =>
        model.tellOutput(o, operation.input),
      );
      return `operation ${id} would answer ${would} there, but it answered ${was}`;
    }
    states.set(part, next.state);
  }
  for (const operation of left.values()) {
    if (operation.outcome === "ok") return `operation ${operation.id} was answered, and is not in the order`;
  }
  return undefined;
}

/** The most operations that {@link refute} takes: it has no wits. */
const MOST = 30;

/**
 * Whether no order of these operations satisfies the model, found by trying them all.
 *
 * @param operations - of one part; those without an answer may be left out of an order
 * @param from - the state that they start from; the model's initial one if not given
 * @throws RangeError if there are more than thirty
 */
export function refute<S, I, O>(
  operations: History<I, O>,
  model: Model<S, I, O>,
  from: S = model.initial,
): boolean {
  const all = operations.filter(({ outcome }) => outcome !== "failed");
  if (all.length > MOST) throw new RangeError(`${all.length} operations are too many to try all orders of.`);
  const tried = new Set<string>();

  const canGoOn = (left: readonly Operation<I, O>[], state: S): boolean => {
    if (left.every(({ outcome }) => outcome === "unknown")) return true;
    const here = JSON.stringify([left.map(({ id }) => id), model.identity?.(state) ?? state]);
    if (tried.has(here)) return false;
    tried.add(here);
    return left.some((operation) => {
      if (left.some((other) => precedes(other, operation))) return false;
      const next = model.apply(state, operation.input);
      if (operation.outcome === "ok" && !agrees(model, next.output, operation.output as O)) return false;
      return canGoOn(
        left.filter((other) => other !== operation),
        next.state,
      );
    });
  };
  return !canGoOn(all, from);
}

/** Whether the model takes `seen` for the answer that it expects. */
function agrees<S, I, O>(model: Model<S, I, O>, expected: O, seen: O): boolean {
  return model.agrees ? model.agrees(expected, seen) : same(expected, seen);
}

/** Deep equality of plain data. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    one.size === other.size &&
    [...one].every(([key, value]) => other.has(key) && same(value, other.get(key)))
  );
}
