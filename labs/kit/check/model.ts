import type { Cells } from "./cell";

/** What a model makes of one operation: the state after it, and what it answers. */
export interface Applied<S, O> {
  readonly state: S;
  readonly output: O;
}

/**
 * A sequential object: how it would behave if one operation ran at a time. Small and pure: no function changes its
 * arguments, and equal arguments give equal results.
 */
export interface Model<S = unknown, I = unknown, O = unknown> {
  readonly name: string;
  readonly initial: S;
  apply(state: S, input: I): Applied<S, O>;
  /** Whether an answer that was seen is the one the model gives; without it, they must be deeply equal. */
  agrees?(expected: O, seen: O): boolean;
  /**
   * A name that two states share if and only if they are the same. Without it, a state that is a string, number,
   * boolean or null is its own name, and any other is named by its JSON text.
   */
  identity?(state: S): string | number;
  /**
   * The part of the object that an operation touches, e.g. its key. Linearizability is local (Herlihy & Wing, §3.1):
   * parts are checked apart, each from `initial`.
   */
  part?(input: I): string;
  /** An operation in words, e.g. `put("x", "1")`. */
  tellInput(input: I): string;
  /** An answer in words, e.g. `"1"`. */
  tellOutput(output: O, input: I): string;
  /** A state in words, e.g. `x holds "1"`. */
  tellState(state: S): string;
  /** The same operations as reads and writes of cells, if that is what they are: it opens the fast paths. */
  readonly cells?: Cells<I, O>;
}
