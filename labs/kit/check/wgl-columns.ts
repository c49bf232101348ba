import type { History, Operation } from "./history";

/** The operations of one part, laid out for the search. */
export interface Columns<I, O> {
  /** First the required ones, which were answered; behind them the unanswered ones; both by time of call. */
  readonly operations: readonly Operation<I, O>[];
  readonly required: number;
  readonly unanswered: number;
  /**
   * Calls and returns of the required operations in the order of time, from 1 on: `i` where operation `i` is called,
   * `~i` where it returns. At equal times calls come first, so that such operations count as concurrent.
   */
  readonly events: Int32Array;
  /** Of each required operation, the event of its call. */
  readonly calls: Int32Array;
  /** Of each required operation, the event of its return. */
  readonly returns: Int32Array;
  /** Of each unanswered operation, the first return that does not come before its call. */
  readonly before: Int32Array;
}

/** Sorts the operations of one part, none of them `failed`, and puts their events in the order of time. */
export function readColumns<I, O>(history: History<I, O>): Columns<I, O> {
  const required = sorted(history.filter(({ outcome }) => outcome === "ok"));
  const unanswered = sorted(history.filter(({ outcome }) => outcome !== "ok"));
  const byReturn = returnOrder(required);
  const events = new Int32Array(2 * required.length + 1);
  const calls = new Int32Array(required.length);
  const returns = new Int32Array(required.length);
  const before = new Int32Array(unanswered.length).fill(events.length);
  let call = 0;
  let open = 0;
  let event = 1;
  for (const i of byReturn) {
    const now = required[i]?.return ?? Infinity;
    for (let next = required[call]; next !== undefined && next.call <= now; next = required[++call]) {
      calls[call] = event;
      events[event++] = call;
    }
    for (let next = unanswered[open]; next !== undefined && next.call <= now; next = unanswered[++open]) {
      before[open] = event;
    }
    returns[i] = event;
    events[event++] = ~i;
  }
  return {
    operations: [...required, ...unanswered],
    required: required.length,
    unanswered: unanswered.length,
    events,
    calls,
    returns,
    before,
  };
}

/** By time of call; histories mostly come that way. */
function sorted<I, O>(operations: Operation<I, O>[]): Operation<I, O>[] {
  for (let i = 1; i < operations.length; i++) {
    const [one, other] = [operations[i - 1], operations[i]];
    if (one !== undefined && other !== undefined && one.call > other.call) {
      return operations.sort((a, b) => a.call - b.call);
    }
  }
  return operations;
}

/** The operations by time of return. */
function returnOrder(operations: readonly Operation[]): Int32Array {
  const times = Float64Array.from(operations, (operation) => operation.return);
  const time = (i: number): number => times[i] ?? 0;
  return Int32Array.from(operations.keys()).sort((a, b) => time(a) - time(b) || a - b);
}
