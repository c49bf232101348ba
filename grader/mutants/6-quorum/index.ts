import type { Mutant } from "../mutant";
import { ANSWER_BUGS } from "./answers";
import { ENDING_BUGS } from "./endings";
import { NUMBER_BUGS } from "./numbers";
import { PREDICTION_BUGS } from "./predictions";
import { PROMISE_BUGS } from "./promises";
import { REPLICA_BUGS } from "./replica";

/** The mutants of Lab 6. */
export const QUORUM: readonly Mutant[] = [
  ...REPLICA_BUGS,
  ...ANSWER_BUGS,
  ...NUMBER_BUGS,
  ...ENDING_BUGS,
  ...PROMISE_BUGS,
  ...PREDICTION_BUGS,
];
