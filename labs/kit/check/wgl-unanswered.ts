import { sameValue } from "./same";
import type { Columns } from "./wgl-columns";
import { REFUSED, type States } from "./wgl-states";

// An operation without an answer may be left out, and may take effect as late as one likes. If there is an order at
// all, there is one with as few of them as possible and, among those, one in which they come as late as possible. The
// search looks for no other. That holds for every model whose functions are pure.

/**
 * Whether an operation that is placed right behind an unanswered one could as well go without it or before it.
 *
 * @param from - the state before the unanswered one
 * @param last - the unanswered one
 * @param next - the operation behind it
 * @param to - the state after both
 */
export function isPointless<S, I, O>(
  { required }: Columns<I, O>,
  states: States<S, I, O>,
  from: number,
  last: number,
  next: number,
  to: number,
): boolean {
  const without = states.after(from, next);
  if (without === REFUSED) return false; // it needed the unanswered one
  if (without === to) return true; // it left no trace of it
  // They commute: then the answered one goes first, and of two unanswered ones that which was called first.
  return states.after(without, last) === to && (next < required || next < last);
}

/**
 * Of each unanswered operation the one before it that asks the same, or -1. They are interchangeable: the later one
 * need not be tried while the earlier one is free.
 */
export function twins<I, O>({ operations, required, unanswered }: Columns<I, O>): Int32Array {
  const twin = new Int32Array(unanswered).fill(-1);
  const latest = new Map<string, number>();
  for (let i = 0; i < unanswered; i++) {
    const input = operations[required + i]?.input;
    const text = JSON.stringify(input);
    const before = latest.get(text);
    if (before !== undefined && sameValue(operations[before]?.input, input)) twin[i] = before;
    latest.set(text, required + i);
  }
  return twin;
}
