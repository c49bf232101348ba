import type { Scalar } from "../cell";
import { Kind, NONE, type Columns } from "./columns";
import type { KnownValues } from "./known-values";
import { matching } from "./matching";
import type { Slots } from "./slots";

/** Who made each version; or that a gap cannot be filled; or that one depends on how another is. */
type Filled = { readonly makers: (version: number) => number } | "impossible" | "ambiguous";

/** Whether an unknown change can have made a version; undefined if that depends on what fills another gap. */
type Fit = boolean | undefined;

/**
 * Finds an unknown change for each version that no answered change made. One that took effect there was called before
 * anything that came after it returned, and left what the version is known to hold.
 */
export function fillGaps(columns: Columns, slots: Slots, values: KnownValues): Filled {
  const gaps: number[] = [];
  for (let v = 1; v <= slots.top; v++) if (slots.maker(v) === NONE) gaps.push(v);
  if (dependsOnGaps(columns, slots, values)) return "ambiguous";
  if (gaps.length === 0) return { makers: (version) => slots.maker(version) };

  const unknown = Array.from({ length: columns.size }, (_, i) => i).filter((i) => columns.isOpen(i));
  const deadlines = slots.firstReturns();
  const candidates: number[][] = [];
  for (const gap of gaps) {
    const deadline = deadlines[gap] as number;
    const [before, after] = [values[gap - 1], values[gap]];
    const misses = slots.observersOf(gap).filter((i) => columns.kind(i) === Kind.miss);
    const refused = Array.from(misses, (i) => columns.values[columns.a(i)]);
    const fit = (i: number): Fit => fits(columns, i, before, after, refused);
    const inTime = unknown.filter((i) => columns.call(i) <= columns.ret(deadline) && fit(i) !== false);
    if (inTime.some((i) => fit(i) === undefined)) return "ambiguous";
    candidates.push(inTime);
  }

  const partners = matching(candidates);
  if (partners === undefined) return "impossible";
  const makers = new Map(gaps.map((gap, i) => [gap, partners[i] as number]));
  return { makers: (version) => makers.get(version) ?? slots.maker(version) };
}

/** Whether an unknown change turns what the cell held before into what it held after, and not into a refused value. */
function fits(
  columns: Columns,
  change: number,
  before: Scalar | undefined,
  after: Scalar | undefined,
  refused: readonly (Scalar | undefined)[],
): Fit {
  const { values } = columns;
  const isRight = (value: Scalar | undefined): boolean =>
    after === undefined ? !refused.includes(value) : value === after;
  switch (columns.kind(change)) {
    case Kind.write:
      return isRight(values[columns.a(change)]);
    case Kind.cas: {
      const right = isRight(values[columns.b(change)]);
      if (before === undefined) return right ? undefined : false;
      return right && before === values[columns.a(change)];
    }
    default:
      return fitsBehind(
        before as string | undefined,
        after as string | undefined,
        values[columns.a(change)] as string,
        refused,
      );
  }
}

function fitsBehind(
  before: string | undefined,
  after: string | undefined,
  text: string,
  refused: readonly (Scalar | undefined)[],
): Fit {
  if (after === undefined) {
    if (refused.length === 0) return true;
    return before === undefined ? undefined : !refused.includes(before + text);
  }
  if (!after.endsWith(text)) return false;
  if (before === undefined) return undefined;
  return after.length === before.length + text.length && after.startsWith(before);
}

/** Whether a compare-and-set that failed met a value that is known only once the gaps before it are filled. */
function dependsOnGaps(columns: Columns, slots: Slots, values: KnownValues): boolean {
  for (let v = 1; v <= slots.top; v++) {
    if (values[v] !== undefined || slots.maker(v) === NONE) continue;
    if (slots.observersOf(v).some((i) => columns.kind(i) === Kind.miss)) return true;
  }
  return false;
}
