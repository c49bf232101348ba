import type { Mutant } from "../mutant";
import { COORDINATOR_BUGS } from "./coordinator";
import { REPLICA_BUGS } from "./replica";

/** The mutants of Lab 6. */
export const QUORUM: readonly Mutant[] = [...REPLICA_BUGS, ...COORDINATOR_BUGS];
