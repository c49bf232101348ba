import type { Evidence, Finding, Shape } from "./shape";
import { cameBack, crossed } from "./stays";
import { hadToSwap, swappedTwice } from "./swaps";
import { madeOf, missing } from "./texts";
import { neverWritten, stale } from "./values";
import { older, sameVersion, tooMany, wrongValue } from "./versions";

export { evidence, type Finding } from "./shape";

/** The ways to be wrong that have a name, the plainest first. */
export const SHAPES: readonly Shape[] = [
  neverWritten,
  older,
  tooMany,
  sameVersion,
  wrongValue,
  stale,
  cameBack,
  crossed,
  hadToSwap,
  swappedTwice,
  madeOf,
  missing,
];

/** What is wrong in one of those ways, if it is one. */
export function findShape(evidence: Evidence): Finding | undefined {
  for (const shape of SHAPES) {
    const finding = shape(evidence);
    if (finding) return finding;
  }
  return undefined;
}
