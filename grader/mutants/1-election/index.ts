import type { Mutant } from "../mutant";
import { ANSWERS } from "./answers";
import { CHALLENGE } from "./challenge";
import { CHALLENGE_ROUNDS } from "./challenge-rounds";
import { CONDUCT } from "./conduct";
import { MAJORITY } from "./majority";
import { PATIENCE } from "./patience";
import { PERSISTENCE } from "./persistence";
import { TERMS } from "./terms";
import { TIMERS } from "./timers";
import { VOTES } from "./votes";

/** The mutants of Lab 1. */
export const ELECTION: readonly Mutant[] = [
  ...VOTES,
  ...MAJORITY,
  ...TERMS,
  ...ANSWERS,
  ...TIMERS,
  ...PATIENCE,
  ...PERSISTENCE,
  ...CHALLENGE,
  ...CHALLENGE_ROUNDS,
  ...CONDUCT,
];
