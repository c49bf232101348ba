import { NONE, type Columns } from "./columns";
import type { CellDecision, Finding } from "./finding";
import { fillGaps } from "./gaps";
import { knownValues } from "./known-values";
import { Slots } from "./slots";

/**
 * Where every answer names a version, the order of the changes is known: lay the operations out by version, compare what
 * they saw and when they ran. Exact, and O(n log n) however many operations are open at a time (Gibbons & Korach, 1997,
 * theorem 4.13, reads and all). Unknown changes fill the versions that no answered change made; where several unknown
 * changes fit and it matters which, returns undefined: that takes a search.
 */
export function decideByVersions(columns: Columns): CellDecision | undefined {
  const { size, versioned, unknown } = columns;
  if (versioned + unknown < size) return undefined;

  const found = (kind: Finding["kind"], ...operations: number[]): CellDecision => {
    const ids = columns.ids(operations.filter((i) => i !== NONE));
    return { verdict: "not linearizable", core: ids, finding: { kind, ids }, ...effort };
  };
  const effort = { way: "versions", steps: size, bytes: size * BYTES } as const;

  // As many versions as changes; a version 0 made is as impossible as one above all.
  for (let i = 0; i < size; i++) {
    const made = columns.isChange(i) && !columns.isOpen(i);
    if (columns.version(i) > size || (made && columns.version(i) === 0)) return found("never made", i);
  }
  const slots = new Slots(columns);
  if (slots.clash !== undefined) return found("same version", ...slots.clash);

  const late = slots.outOfTime();
  if (late !== undefined) return found(...late);

  const known = knownValues(columns, slots);
  if ("clash" in known) return found("wrong value", ...known.clash);

  const filled = fillGaps(columns, slots, known.values);
  if (filled === "ambiguous") return undefined;
  if ("kind" in filled) return found(filled.kind, ...filled.operations);

  return { verdict: "linearizable", order: columns.ids(slots.order(filled.makers)), ...effort };
}

// Columns, slots and the known values.
const BYTES = 64;
