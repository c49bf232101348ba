import type { Mutant } from "../mutant";
import { BOOTS } from "./boots";
import { COMPACTION } from "./compaction";
import { INSTALL_SNAPSHOT } from "./install";
import { SENDING } from "./sending";

/** The mutants of Lab 4. */
export const SNAPSHOTS: readonly Mutant[] = [...COMPACTION, ...BOOTS, ...INSTALL_SNAPSHOT, ...SENDING];
