/**
 * The mutants keep the examiner's eyes sharp: each is a small wrong change to the reference, with the rule
 * that it breaks, and `npm run mutants` demands that a hidden scene notices every one of them.
 *
 * @module
 */
import { ELECTION } from "./1-election";
import { REPLICATION } from "./2-replication";
import { DURABILITY } from "./3-persistence";
import { SNAPSHOTS } from "./4-snapshots";
import { KEY_VALUE } from "./5-key-value";
import { QUORUM } from "./6-quorum";
import type { Mutant } from "./mutant";

export { apply, type Edit, type Mutant, type Patch, type PatchKind } from "./mutant";

/** All mutants, by lab and subject. */
export const MUTANTS: readonly Mutant[] = [
  ...ELECTION,
  ...REPLICATION,
  ...DURABILITY,
  ...SNAPSHOTS,
  ...KEY_VALUE,
  ...QUORUM,
];
