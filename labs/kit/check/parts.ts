import type { History, Operation } from "./history";
import { Ids } from "./ids";
import type { Model } from "./model";
import { inOrder } from "./shape";

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

/**
 * One order of the whole history out of one order a part. It exists because linearizability is local: each part's
 * operations can take effect as early as their order lets them, which is at the call of one of them, the latest so far,
 * and these instants say how the orders go together.
 *
 * @param orders - of each part, by id
 */
export function mergeOrders(history: History, orders: readonly (readonly number[])[]): readonly number[] {
  const [only = [], ...more] = orders;
  if (more.length === 0) return only;
  const ids = new Ids(inOrder(history));
  const forEach = (visit: (id: number, instant: number) => void): void => {
    for (const order of orders) {
      let instant = 0;
      for (const id of order) {
        const call = ids.of(id) ?? 0;
        if (call > instant) instant = call;
        visit(id, instant);
      }
    }
  };
  // At each instant comes a run of operations of one part, in its order: where the run is to begin is a matter of counting.
  const begin = new Int32Array(history.length + 1);
  forEach((_, instant) => (begin[instant + 1] = (begin[instant + 1] ?? 0) + 1));
  for (let i = 1; i < begin.length; i++) begin[i] = (begin[i] ?? 0) + (begin[i - 1] ?? 0);
  const merged = Array<number>(begin.at(-1) ?? 0).fill(0);
  forEach((id, instant) => {
    const place = begin[instant] ?? 0;
    merged[place] = id;
    begin[instant] = place + 1;
  });
  return merged;
}
