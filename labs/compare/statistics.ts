/** Figures in ascending order; Infinity stands for what never came. */
export function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * The smallest value that at least the share q of all values does not exceed (nearest rank); NaN of nothing.
 *
 * @param ascending - in ascending order
 */
export function quantile(ascending: readonly number[], q: number): number {
  const rank = Math.ceil(q * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? NaN;
}

/** The middle value; of an even number of them the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(sorted(values), 0.5);
}

/** A figure with the interval that holds the true one in 95 of 100 cases. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** So many standard errors to each side hold 95 of 100. */
const Z = 1.96;

/**
 * A quantile with its interval, from the ranks that the binomial distribution allows; nothing is assumed about the values, but that
 * they are independent.
 */
export function quantileEstimate(values: readonly number[], q: number): Estimate {
  const ascending = sorted(values);
  const n = ascending.length;
  const spread = Z * Math.sqrt(n * q * (1 - q));
  const at = (rank: number): number => ascending[Math.min(n - 1, Math.max(0, Math.round(rank) - 1))] ?? NaN;
  return { value: quantile(ascending, q), low: at(n * q - spread), high: at(n * q + spread + 1) };
}

/** A share of n, with Wilson's interval (1927), which is right for shares near 0 and 1, too. */
export function shareEstimate(count: number, n: number): Estimate {
  if (n === 0) return { value: NaN, low: 0, high: 1 };
  const share = count / n;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** To so many decimals, as a number. */
export function round(value: number, decimals: number): number {
  const factor = Number(`1e${decimals}`);
  return Math.round(value * factor) / factor;
}
