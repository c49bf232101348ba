import { INITIAL, type Accesses } from "./accesses";
import type { Precedence } from "./precedence";

// Two inferences carry all levels. Let r read cell x from w, and let w' be another change of x.
//
// - If w' comes before r, then w' comes before w: otherwise r would have seen w' instead ("overwritten").
// - If w comes before w', then r comes before w' ("not yet").
//
// The first is compelling wherever a reader sees one order of changes, even its own; the second only where
// all operations stand in one order. Who read from the initial value comes before all changes of the cell;
// that it knows one is a cycle.

/** The changes of each cell by session, in order. */
export class Changes {
  private readonly lists = new Map<number, number[]>();

  constructor(private readonly accesses: Accesses) {
    const { key, of, count, writes } = accesses;
    for (let i = 0; i < of.length; i++) {
      if (writes[i] !== 1) continue;
      const place = (key[i] ?? 0) * count + (of[i] ?? 0);
      const list = this.lists.get(place);
      if (list) list.push(i);
      else this.lists.set(place, [i]);
    }
  }

  /** The last change of a cell among the first `limit` operations of a session. */
  last(cell: number, session: number, limit: number): number | undefined {
    const list = this.of(cell, session);
    const end = (this.accesses.first[session] ?? 0) + limit;
    return list[firstWhere(list, (i) => i >= end) - 1];
  }

  /** A session's changes of a cell, in order. */
  of(cell: number, session: number): readonly number[] {
    return this.lists.get(cell * this.accesses.count + session) ?? [];
  }
}

/** The first place at which something holds that holds from there on; the length if nowhere. */
export function firstWhere(list: readonly number[], holds: (item: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Adds the inference "overwritten" for a reader, as far as the clocks know; of each session only the last
 * change, those before it follow. `only` leaves out whatever does not meet it.
 */
export function inferOverwritten(
  accesses: Accesses,
  changes: Changes,
  order: Precedence,
  reader: number,
  only: (other: number, source: number) => boolean = () => true,
): void {
  const { from, key, of, count, first } = accesses;
  const source = from[reader] ?? INITIAL;
  const cell = key[reader] ?? 0;
  for (let session = 0; session < count; session++) {
    const own = of[reader] === session;
    const limit = own ? reader - (first[session] ?? 0) : order.seen(reader, session);
    const other = limit === 0 ? undefined : changes.last(cell, session, limit);
    if (other === undefined || other === source) continue;
    if (source === INITIAL) order.infer(reader, other, "not yet", reader);
    else if (!order.before(other, source) && only(other, source)) {
      order.infer(other, source, "overwritten", reader);
    }
  }
}

/**
 * Adds the inference "not yet" for a reader; of each session only the first change, those behind it follow.
 */
export function inferNotYet(accesses: Accesses, changes: Changes, order: Precedence, reader: number): void {
  const { from, key, count } = accesses;
  const source = from[reader] ?? INITIAL;
  for (let session = 0; session < count; session++) {
    const list = changes.of(key[reader] ?? 0, session);
    let at = source === INITIAL ? 0 : firstWhere(list, (i) => order.before(source, i));
    if (list[at] === reader) at++;
    const other = list[at];
    if (other === undefined || other === source || order.before(reader, other)) continue;
    order.infer(reader, other, "not yet", reader);
  }
}

/** The operations that are known to have read from a change or the initial value. */
export function readersOf({ from }: Accesses): number[] {
  return Array.from(from, (_, i) => i).filter((i) => (from[i] ?? INITIAL) >= INITIAL);
}
