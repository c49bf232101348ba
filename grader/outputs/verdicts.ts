import type { Verdict } from "../../labs/kit/scene/outcome";

/** What a verdict is called elsewhere. */
export interface Elsewhere {
  /** For formats that know nothing but passed and failed: Gradescope, Classroom 50. */
  readonly passed: boolean;
  readonly ctrf: "passed" | "failed" | "other";
  /** In JUnit, a failure is the program's, and an error says that it could not be judged. */
  readonly junit: "passed" | "failure" | "error";
  /** The kind of a GitHub annotation. */
  readonly annotation?: "error" | "warning";
  /** Whether PrairieLearn may count it as an attempt. */
  readonly gradable: boolean;
}

const FAILED: Elsewhere = {
  passed: false,
  ctrf: "failed",
  junit: "failure",
  annotation: "error",
  gradable: true,
};
const UNREADABLE: Elsewhere = {
  passed: false,
  ctrf: "other",
  junit: "error",
  annotation: "error",
  gradable: false,
};

/** The one table of how verdicts read in other formats. */
export const ELSEWHERE: Readonly<Record<Verdict, Elsewhere>> = {
  accepted: { passed: true, ctrf: "passed", junit: "passed", gradable: true },
  wrong: FAILED,
  stalled: FAILED,
  "too-many-messages": FAILED,
  "too-many-bytes": FAILED,
  "too-many-writes": FAILED,
  "run-error": FAILED,
  "time-limit": FAILED,
  "memory-limit": FAILED,
  "output-limit": FAILED,
  "does-not-compile": UNREADABLE,
  "not-gradable": UNREADABLE,
  "judge-error": { ...UNREADABLE, annotation: "warning" },
};
