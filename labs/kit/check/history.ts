/**
 * What became of an operation, as far as its client knows.
 *
 * - `ok`: it was answered; it happened somewhere between call and return.
 * - `failed`: it certainly did not happen, and says nothing else.
 * - `unknown`: no answer came; it may take effect at any time after its call, or never.
 */
export type Outcome = "ok" | "failed" | "unknown";

/** One operation of one client: what it asked, what it was told, and when. */
export interface Operation<I = unknown, O = unknown> {
  /** The name by which verdicts and witnesses quote it; unique in its history. */
  readonly id: number;
  /**
   * Who asked. A session has one operation open at a time; one that ends `unknown` is the last of its session.
   * Linearizability does not look at it, the weaker models do.
   */
  readonly session: number;
  readonly input: I;
  /** The answer; absent unless the outcome is `ok`. */
  readonly output?: O;
  readonly outcome: Outcome;
  /** When it was called, on the one clock of the history. The unit is the clock's; the checkers only compare. */
  readonly call: number;
  /** When it was answered, on the same clock; `Infinity` if it never was. Equal stamps count as concurrent. */
  readonly return: number;
  /** Call and return in virtual ms, for those who tell the story; the checkers do not look at them. */
  readonly at?: readonly [call: number, ret: number];
}

/** All operations of a run, in any order. */
export type History<I = unknown, O = unknown> = readonly Operation<I, O>[];

/** Whether `a` was answered before `b` was called, so that every order must keep them so (Herlihy & Wing, 1990, §2). */
export function precedes(a: Operation, b: Operation): boolean {
  return a.return < b.call;
}
