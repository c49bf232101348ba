import type { Course } from "./course";

/** Points to as many decimals as the course has, halves up. The last bits of a sum of decimals move nothing. */
export function roundPoints(points: number, { decimals }: Pick<Course, "decimals">): number {
  const unit = 10 ** decimals;
  return Math.floor(points * unit + 0.5 + 1e-6) / unit;
}
