import type { Mutant } from "../mutant";
import { ANSWER_BUGS } from "./answers";
import { QUORUM_BUGS } from "./cluster";
import { ENDING_BUGS } from "./endings";
import { ADVERSARY_BUGS } from "./more";
import { NUMBER_BUGS } from "./numbers";
import { PREDICTION_BUGS } from "./predictions";
import { PROMISE_BUGS } from "./promises";
import { REPAIR_BUGS } from "./repair";
import { REPLICA_BUGS } from "./replica";

/** The mutants of Lab 6. */
export const QUORUM: readonly Mutant[] = [
  ...REPLICA_BUGS,
  ...ANSWER_BUGS,
  ...NUMBER_BUGS,
  ...ENDING_BUGS,
  ...PROMISE_BUGS,
  ...PREDICTION_BUGS,
  ...QUORUM_BUGS,
  ...REPAIR_BUGS,
  ...ADVERSARY_BUGS,
];
