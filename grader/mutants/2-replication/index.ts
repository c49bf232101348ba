import type { Mutant } from "../mutant";
import { APPLIES } from "./applies";
import { COMMITS } from "./commits";
import { CONFLICTS } from "./conflicts";
import { CONSISTENCY } from "./consistency";
import { INDICES } from "./indices";
import { LOG_VOTES } from "./log-votes";
import { PROGRESS } from "./progress";
import { PROPOSALS } from "./proposals";
import { QUORUM } from "./quorum";
import { TRAFFIC } from "./traffic";

/** The mutants of Lab 2. */
export const REPLICATION: readonly Mutant[] = [
  ...PROPOSALS,
  ...LOG_VOTES,
  ...CONSISTENCY,
  ...CONFLICTS,
  ...PROGRESS,
  ...QUORUM,
  ...COMMITS,
  ...APPLIES,
  ...INDICES,
  ...TRAFFIC,
];
