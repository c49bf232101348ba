import type { History, Operation } from "./history";
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

/** An operation in the order of its part, and an instant at which it can have taken effect. */
interface Placed {
  readonly id: number;
  readonly at: number;
}

/**
 * One order of the whole history out of one order a part. It exists because linearizability is local: each part's
 * operations can take effect as early as their order lets them, and at these instants the orders are merged.
 *
 * @param orders - of each part, by id
 */
export function mergeOrders(history: History, orders: readonly (readonly number[])[]): number[] {
  if (orders.length === 1) return [...(orders[0] ?? [])];
  const calls = new Map(history.map(({ id, call }) => [id, call]));
  let lists = orders.map((order) => {
    let at = -Infinity;
    return order.map((id): Placed => ({ id, at: (at = Math.max(at, calls.get(id) ?? at)) }));
  });
  while (lists.length > 1) {
    lists = lists.flatMap((list, i) => (i % 2 === 1 ? [] : [mergeTwo(list, lists[i + 1] ?? [])]));
  }
  return (lists[0] ?? []).map(({ id }) => id);
}

function mergeTwo(one: readonly Placed[], other: readonly Placed[]): Placed[] {
  const merged: Placed[] = [];
  let [i, j] = [0, 0];
  while (merged.length < one.length + other.length) {
    const [first, second] = [one[i], other[j]];
    if (first !== undefined && (second === undefined || first.at <= second.at)) {
      merged.push(first);
      i++;
    } else if (second !== undefined) {
      merged.push(second);
      j++;
    }
  }
  return merged;
}
