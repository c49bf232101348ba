import type { Mutant } from "../mutant";
import { CHALLENGE } from "./challenge";
import { CONDUCT } from "./conduct";
import { MAJORITY } from "./majority";
import { PERSISTENCE } from "./persistence";
import { TERMS } from "./terms";
import { TIMERS } from "./timers";
import { VOTES } from "./votes";

/** The mutants of Lab 1. */
export const ELECTION: readonly Mutant[] = [
  ...VOTES,
  ...MAJORITY,
  ...TERMS,
  ...TIMERS,
  ...PERSISTENCE,
  ...CHALLENGE,
  ...CONDUCT,
];
