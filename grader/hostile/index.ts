/**
 * Hostile submissions: programs that a grader of student work must survive. Each says what it tries and what must become of it.
 *
 * @module
 */
import type { Attack } from "./attack";
import { BUILTINS } from "./builtins";
import { ERRORS } from "./errors";
import { ESCAPES } from "./escape";
import { EXIT } from "./exit";
import { FILES } from "./files";
import { FLOODS } from "./floods";
import { INJECTION } from "./injection";
import { MEMORY } from "./memory";
import { MESSAGES } from "./messages";
import { OMNISCIENCE, SHARING } from "./sharing";
import { TIME } from "./time";
import { TYPESCRIPT } from "./typescript";

export type { Attack, Expectation } from "./attack";

/** All attacks, by theme. */
export const ATTACKS: readonly Attack[] = [
  ...EXIT,
  ...BUILTINS,
  ...FILES,
  ...ESCAPES,
  ...ERRORS,
  ...MESSAGES,
  ...SHARING,
  ...OMNISCIENCE,
  ...TIME,
  ...MEMORY,
  ...FLOODS,
  ...TYPESCRIPT,
  ...INJECTION,
];
