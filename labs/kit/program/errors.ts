import type { ServerId } from "./protocol";

/**
 * A program broke a rule of the house (it threw, forgot a return, sent a function …): the run ends
 * with the verdict `run-error`. The message is one sentence for the student.
 */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  readonly server: ServerId;
  /** The student's own stack lines, `file:line:column`, innermost first; none if there is nothing to show. */
  readonly where: readonly string[];
  /** No program can lay this on an object. */
  readonly #ours = true;

  constructor(message: string, server: ServerId, where: readonly string[] = []) {
    super(shortened(message));
    this.server = server;
    this.where = Object.freeze([...where]);
    Object.freeze(this); // a verb throws it into the program, which might change what it says
  }

  /** True for what one of these constructors has made. `instanceof` is true for forgeries as well. */
  static isGenuine(error: unknown): error is ProgramError {
    return typeof error === "object" && error !== null && #ours in error;
  }
}

/** An exception that the program's own code let out of a handler. */
export class ThrownError extends ProgramError {}

// A program that catches one of them must not get at the class, to make others.
for (const { prototype } of [ProgramError, ThrownError]) {
  Object.defineProperty(prototype, "constructor", { value: Error });
}

/** A sentence is read by people; a program may throw a book. */
const MOST_CHARACTERS = 4000;

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}

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
