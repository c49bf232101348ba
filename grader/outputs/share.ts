/**
 * Whole numbers that add up to the sum of the parts, rounded: each is its part rounded down, and what is then missing goes to those
 * that lost most. No number exceeds its part by 1 or more.
 */
export function wholeNumbers(parts: readonly number[]): number[] {
  const total = Math.round(parts.reduce((sum, part) => sum + part, 0));
  const whole = parts.map((part) => Math.floor(part));
  const missing = total - whole.reduce((sum, part) => sum + part, 0);
  const byLoss = parts.map((part, i) => ({ i, loss: part % 1 })).sort((a, b) => b.loss - a.loss || a.i - b.i);
  for (const { i } of byLoss.slice(0, missing)) whole[i] = Math.ceil(parts[i] ?? 0);
  return whole;
}
