import type { ServerId } from "./protocol";

/**
 * A program broke a rule of the house (it threw, forgot a return, sent a function …): the run ends
 * with the verdict `run-error`. The message is one sentence for the student.
 */
export class ProgramError extends Error {
  override readonly name = "ProgramError";

  constructor(
    message: string,
    readonly server: ServerId,
    /** The student's own stack lines, `file:line:column`, innermost first; none if there is nothing to show. */
    readonly where: readonly string[] = [],
  ) {
    super(message);
  }
}

/** An exception that the program's own code let out of a handler. */
export class ThrownError extends ProgramError {}

/**
 * A program used something that does not exist in a simulated world (`Date.now`, `setTimeout` …). Thrown into the
 * program at that place, so that the stack points there.
 */
export class ForbiddenError extends Error {
  override readonly name = "ForbiddenError";
}

/** Bad input to one of our commands: one clear line, no stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
