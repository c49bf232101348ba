import type { Scalar } from "../cell";
import { Kind, NONE, type Columns } from "./columns";
import type { Slots } from "./slots";

/**
 * Finds out more of what the cell held at versions that no answered change made: where all unknown changes that can have
 * made one are alike, it was one of those, and that tells the value before it, or behind it.
 *
 * @param values - what is known; what is found out is added
 * @returns false if nothing can have made some version
 */
export function inferValues(columns: Columns, slots: Slots, values: (Scalar | undefined)[]): boolean {
  const unknown = Array.from({ length: columns.size }, (_, i) => i).filter((i) => columns.isOpen(i));
  if (unknown.length === 0) return true;
  const deadlines = slots.firstReturns();
  const textOf = (i: number): string => columns.values[columns.a(i)] as string;
  const isInTime = (i: number, v: number): boolean => columns.call(i) <= columns.ret(deadlines[v] as number);
  const written = (i: number): Scalar | undefined =>
    columns.values[columns.kind(i) === Kind.cas ? columns.b(i) : columns.a(i)];
  /** The change that fits, if all that do are alike; undefined if they are not; NONE if there is none. */
  const only = (version: number, fits: (i: number) => boolean): number | undefined => {
    let found: number = NONE;
    for (const i of unknown) {
      if (!isInTime(i, version) || !fits(i)) continue;
      if (found === NONE) found = i;
      else if (!isAlike(columns, found, i)) return undefined;
    }
    return found;
  };

  // Backwards: what was shown ends with what made it.
  for (let v = slots.top; v >= 1; v--) {
    const after = values[v];
    if (after === undefined || values[v - 1] !== undefined) continue;
    const endsWith = (i: number): boolean => (after as string).endsWith(textOf(i));
    const maker = slots.maker(v);
    const change =
      maker !== NONE
        ? maker
        : only(v, (i) => (columns.kind(i) === Kind.append ? endsWith(i) : written(i) === after));
    if (change === NONE) return false;
    if (change === undefined) continue;
    if (columns.kind(change) === Kind.cas) values[v - 1] = columns.values[columns.a(change)];
    if (columns.kind(change) !== Kind.append) continue;
    if (!endsWith(change)) return false;
    values[v - 1] = (after as string).slice(0, -textOf(change).length || undefined);
  }

  // Forwards: where nothing can have written the text anew, it has only grown into what was shown next.
  for (let v = 1; v <= slots.top; v++) {
    const before = values[v - 1];
    if (values[v] !== undefined || typeof before !== "string") continue;
    const maker = slots.maker(v);
    if (maker !== NONE) {
      values[v] = before + textOf(maker); // an append: after anything else the value is known
      continue;
    }
    let next = v + 1;
    while (next <= slots.top && values[next] === undefined) next++;
    const goal = values[next];
    if (typeof goal !== "string" || slots.maker(next) !== NONE) continue;
    const isAnew = (i: number): boolean =>
      columns.kind(i) !== Kind.append && isInTime(i, next) && goal.startsWith(String(written(i)));
    if (unknown.some(isAnew)) continue;
    if (!goal.startsWith(before)) return false;
    const change = only(
      v,
      (i) => columns.kind(i) === Kind.append && goal.startsWith(textOf(i), before.length),
    );
    if (change === NONE) return false;
    if (change !== undefined) values[v] = before + textOf(change);
  }
  return true;
}

function isAlike(columns: Columns, i: number, j: number): boolean {
  return (
    columns.kind(i) === columns.kind(j) && columns.a(i) === columns.a(j) && columns.b(i) === columns.b(j)
  );
}
