import type { History, Operation } from "./history";
import { Ids } from "./ids";
import type { Model } from "./model";

/** The operations on one part of a model's object, e.g. on one key. Those that failed are left out. */
export interface Part<I, O> {
  readonly name: string;
  readonly operations: readonly Operation<I, O>[];
}

/**
 * Takes a history apart. What did not happen (`failed`) belongs to no part.
 *
 * @returns the parts, in the order in which the history comes upon them
 */
export function splitParts<S, I, O>(history: History<I, O>, model: Model<S, I, O>): Part<I, O>[] {
  const parts = new Map<string, Operation<I, O>[]>();
  for (const operation of history) {
    if (operation.outcome === "failed") continue;
    const name = model.part?.(operation.input) ?? "";
    const operations = parts.get(name);
    if (operations === undefined) parts.set(name, [operation]);
    else operations.push(operation);
  }
  return Array.from(parts, ([name, operations]) => ({ name, operations }));
}

/** Operations in an order, by id, and an instant at which each can have taken effect. */
interface Timed {
  readonly ids: Float64Array;
  readonly at: Float64Array;
}

/**
 * One order of the whole history out of one order a part. It exists because linearizability is local: each part's
 * operations can take effect as early as their order lets them, and at these instants the orders are merged.
 *
 * @param orders - of each part, by id
 */
export function mergeOrders(history: History, orders: readonly (readonly number[])[]): readonly number[] {
  const [only = [], ...more] = orders;
  if (more.length === 0) return only;
  const ids = new Ids(history);
  let lists = orders.map((order) => timed(order, ids, history));
  while (lists.length > 1) {
    lists = lists.flatMap((list, i) => {
      const other = lists[i + 1];
      return i % 2 === 1 ? [] : [other === undefined ? list : merge(list, other)];
    });
  }
  return Array.from(lists[0]?.ids ?? []);
}

/** Each as early as can be: when it was called, or when the one before it took effect. */
function timed(order: readonly number[], ids: Ids, history: History): Timed {
  const at = new Float64Array(order.length);
  let now = -Infinity;
  for (let i = 0; i < order.length; i++) {
    const call = history[ids.of(order[i] ?? NaN) ?? -1]?.call ?? now;
    now = Math.max(now, call);
    at[i] = now;
  }
  return { ids: Float64Array.from(order), at };
}

function merge(one: Timed, other: Timed): Timed {
  const length = one.at.length + other.at.length;
  const merged = { ids: new Float64Array(length), at: new Float64Array(length) };
  let [i, j] = [0, 0];
  for (let to = 0; to < length; to++) {
    const isFirst = (one.at[i] ?? Infinity) <= (other.at[j] ?? Infinity) && i < one.at.length;
    const from = isFirst ? one : other;
    const place = isFirst ? i++ : j++;
    merged.ids[to] = from.ids[place] ?? 0;
    merged.at[to] = from.at[place] ?? 0;
  }
  return merged;
}
