import { precedes, type History, type Operation } from "./history";
import type { Model } from "./model";
import { sameValue } from "./same";

/**
 * Whether some order of one part's operations respects time and is allowed by the model, found by trying all of them:
 * the definition, and nothing else. For tests, with a handful of operations.
 */
export function hasOrder<S, I, O>(history: History<I, O>, model: Model<S, I, O>): boolean {
  const goesOn = (state: S, free: readonly Operation<I, O>[]): boolean =>
    free.every(({ outcome }) => outcome !== "ok") ||
    free.some((operation) => {
      if (free.some((other) => precedes(other, operation))) return false;
      const { state: after, output } = model.apply(state, operation.input);
      return isTold(operation, output, model) && goesOn(after, without(free, operation));
    });
  return goesOn(
    model.initial,
    history.filter(({ outcome }) => outcome !== "failed"),
  );
}

/** Whether the client was told this output, or nothing. */
function isTold<S, I, O>(
  { outcome, output: told }: Operation<I, O>,
  output: O,
  model: Model<S, I, O>,
): boolean {
  return outcome !== "ok" || (model.agrees?.(output, told as O) ?? sameValue(output, told));
}

function without<T>(list: readonly T[], item: T): T[] {
  return list.filter((other) => other !== item);
}
