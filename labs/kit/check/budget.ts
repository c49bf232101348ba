import type { Budget } from "./verdict";

/** Enough for any history of the labs; a few seconds of work at most. */
export const DEFAULT_BUDGET: Budget = { steps: 10_000_000, bytes: 256 * 1024 * 1024 };

/** So many times a budget. */
export function timesBudget({ steps, bytes }: Budget, times: number): Budget {
  return { steps: steps * times, bytes: bytes * times };
}

/** A number of the budget in words, its thousands apart. */
export function tellCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
