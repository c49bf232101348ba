import type { Outcome } from "../../labs/kit/scene";
import type { Subject } from "../../labs/kit/subject";

/** What was asked for on the command line. */
export interface Order {
  readonly subject: Subject;
  /** How many runs, or how many a row of the table. */
  readonly seeds: number;
}

/** A question that is answered by running something. */
export interface Experiment {
  readonly name: string;
  readonly question: string;
  /** How many seeds it takes if nobody asks for another number. */
  readonly seeds: number;
  /** The seeds 1, 2, 3, … decide everything, so the report is the same each time. */
  run(order: Order): string;
}

/** A run of an experiment broke a rule, so any figure would be worthless. */
export class ExperimentError extends Error {
  override readonly name = "ExperimentError";
}

/** @throws {@link ExperimentError} unless the run kept every rule */
export function mustKeepRules({ verdict, seed, failure }: Outcome): void {
  if (verdict === "accepted") return;
  throw new ExperimentError(`under seed ${seed}: ${failure?.rule} (${verdict})\n${failure?.message}`);
}

/** 1, 2, …, n. */
export function seedsUpTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}

/** A share as a percentage, with a decimal where it is near none or all. */
export function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  const rough = share === 0 || share === 100 || (share >= 9.95 && share < 90);
  return `${share.toFixed(rough ? 0 : 1)} %`;
}

/** The mean, with one decimal. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
