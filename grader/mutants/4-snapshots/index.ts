import type { Mutant } from "../mutant";
import { BOOTS } from "./boots";
import { COMPACTION } from "./compaction";
import { INSTALL_SNAPSHOT } from "./install";
import { SENDING } from "./sending";
import { TERMS_AND_COMMITS } from "./terms";

/** The mutants of Lab 4. */
export const SNAPSHOTS: readonly Mutant[] = [
  ...COMPACTION,
  ...BOOTS,
  ...INSTALL_SNAPSHOT,
  ...SENDING,
  ...TERMS_AND_COMMITS,
];
