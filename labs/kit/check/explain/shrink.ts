import type { History, Operation } from "../history";
import { unanswered, type Oracle, type Wall } from "./wall";

/** What shrinking may cost, in steps of the oracle: a smaller core is nice, not needed. */
const STEPS = 2_000_000;

/**
 * The few operations that make a history impossible. All others are set free: they may take effect at any time after
 * their call, or never, whatever they answered. Setting operations free only ever allows more orders. So what is left
 * proves that there is none; and it does not prove it by merely hiding the write that a read saw.
 *
 * The smallest beginning that is still bad, of the operations from the last answer backwards, ends with one that
 * matters; it is kept, and the rest of that beginning is shrunk in the same way.
 *
 * @param readsOnly - whether an operation cannot change anything: without its answer it says nothing
 * @returns ids, the stuck operation's first
 */
export function shrink<I, O>(
  { cut, stuck, core: known }: Wall<I, O>,
  oracle: Oracle<I, O>,
  readsOnly: (operation: Operation<I, O>) => boolean,
): readonly number[] {
  let steps = 0;
  let lost = false;
  const isBad = (kept: readonly Operation<I, O>[]): boolean => {
    const decision = oracle(free(cut, new Set(kept.map(({ id }) => id)), readsOnly));
    steps += decision.steps;
    lost ||= decision.verdict === "undecided" || steps > STEPS;
    return decision.verdict === "not linearizable";
  };

  const answered = cut
    .filter(({ id, outcome }) => outcome === "ok" && id !== stuck.id)
    .sort((a, b) => b.return - a.return || a.id - b.id);
  const hint = answered.filter(({ id }) => known?.includes(id));
  const core = [stuck];
  let pool = known && isBad([stuck, ...hint]) ? hint : answered;
  while (pool.length > 0 && !lost) {
    /** How many of the pool are known to be enough, and how many are known to be too few. */
    let enough = pool.length;
    let tooFew = -1;
    while (enough - tooFew > 1 && !lost) {
      const some = (enough + tooFew) >> 1;
      if (isBad([...core, ...pool.slice(0, some)])) enough = some;
      else tooFew = some;
    }
    pool = pool.slice(0, enough);
    const last = lost ? undefined : pool.pop();
    if (last) core.push(last);
  }
  return [...core, ...pool].map(({ id }) => id);
}

/** The operations of which some are kept and the others set free. */
export function free<I, O>(
  operations: History<I, O>,
  kept: ReadonlySet<number>,
  readsOnly: (operation: Operation<I, O>) => boolean,
): History<I, O> {
  return operations
    .filter((operation) => kept.has(operation.id) || !readsOnly(operation))
    .map((operation) => (kept.has(operation.id) ? operation : unanswered(operation)));
}
