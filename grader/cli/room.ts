import type { Colors } from "picocolors/types";
import type { TypeCheck } from "../../labs/desk/typecheck";

/** What a command of the grader works with, and where it writes. */
export interface Room {
  /** The folder of the course. */
  readonly root: string;
  /** Standard output: reports and documents. */
  readonly out: (text: string) => void;
  /** Standard error: complaints. */
  readonly error: (text: string) => void;
  /** Shows how far things are; on standard error. */
  readonly progress: ProgressStream;
  /** Finds the type errors of a submission. */
  readonly check: TypeCheck;
  /** For standard output. */
  readonly colors: Colors;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}

/** A stream that may be a terminal. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };
