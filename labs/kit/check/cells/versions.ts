import type { Decision } from "../decision";
import type { Columns } from "./columns";
import { fillGaps } from "./gaps";
import { inferValues } from "./inferred-values";
import { isMissRefuted, knownValues } from "./known-values";
import { Slots } from "./slots";

/**
 * Where every answer names a version, the order of the changes is known: lay the operations out by version, compare what
 * they saw and when they ran. Exact, and O(n log n) however many operations are open at a time (Gibbons & Korach, 1997,
 * theorem 4.13, reads and all). Unknown changes fill the versions that no answered change made; where several unknown
 * changes fit and it matters which, returns undefined: that takes a search.
 */
export function decideByVersions(columns: Columns): Decision | undefined {
  const { size, versioned, unknown } = columns;
  if (versioned + unknown < size) return undefined;
  const effort = { way: "versions", steps: size, bytes: size * BYTES } as const;
  const refuted = (core: readonly number[]): Decision => ({
    verdict: "not linearizable",
    ...(core.length > 0 && { core: columns.ids(core) }),
    ...effort,
  });

  // There are no more versions than changes, and none makes version 0.
  for (let i = 0; i < size; i++) {
    const made = columns.isChange(i) && !columns.isOpen(i);
    if (columns.version(i) > size || (made && columns.version(i) === 0)) return refuted([i]);
  }
  const slots = new Slots(columns);
  const contradiction = slots.clash ?? slots.outOfTime();
  if (contradiction !== undefined) return refuted(contradiction);

  const known = knownValues(columns, slots);
  if ("clash" in known) return refuted(known.clash);

  const { values } = known;
  if (!inferValues(columns, slots, values) || isMissRefuted(columns, slots, values)) return refuted([]);
  const filled = fillGaps(columns, slots, values);
  if (filled === "ambiguous") return undefined;
  if (filled === "impossible") return refuted([]);
  return { verdict: "linearizable", order: columns.ids(slots.order(filled.makers)), ...effort };
}

// Columns, slots and the known values.
const BYTES = 64;
