import type { Job } from "./job";
import type { Plot } from "./plots/plot";

/** What a comparison is to be made of. */
export interface Order {
  /** A uint32; all others follow from it. */
  readonly seed: number;
  /** How many runs the parts that sample put together. */
  readonly seeds: number;
  /** How many servers; absent: the sizes of each part. Stale reads and the partition have sizes of their own. */
  readonly servers?: number;
}

/** One question of the comparison: how it is measured, and how the answer is shown. */
export interface PartOf<Row> {
  /** As `--only` calls it. */
  readonly name: string;
  readonly question: string;
  readonly jobs: (order: Order) => readonly Job<Row>[];
  /** The rows in columns, at most 80 characters wide. */
  readonly tell: (rows: readonly Row[]) => string;
  readonly plots: (rows: readonly Row[]) => readonly Plot[];
}

/** The same for whoever only passes rows on, from its jobs to its tables. */
export type Part = PartOf<unknown>;

/** Hides what the rows of a part are. They come from its own jobs. */
export function part<Row>(typed: PartOf<Row>): Part {
  return {
    ...typed,
    tell: (rows) => typed.tell(rows as readonly Row[]),
    plots: (rows) => typed.plots(rows as readonly Row[]),
  };
}
