/** How much a check may use. Counted, never timed: a verdict does not depend on the machine. */
export interface Budget {
  /** Configurations tried, all parts together. */
  readonly steps: number;
  /** Memory for what is remembered of them, bytes. */
  readonly bytes: number;
}

/** What a check used. */
export interface Effort {
  readonly steps: number;
  readonly bytes: number;
  /** Which ways were taken, one a part of the history, e.g. `{ chains: 9, search: 1 }`. */
  readonly ways: { readonly [way: string]: number };
}

/** Why an order cannot go on. */
export interface Refusal {
  /** The operations placed so far, in this order, by id. */
  readonly order: readonly number[];
  /** The operation that cannot come next. */
  readonly next: number;
  /** Why, in a sentence, e.g. `after put("x", "1") the read would see "1", but it was told "0"`. */
  readonly why: string;
}

/** Why a history, or a part of it, cannot be put in order. */
export interface Violation {
  /** The part (e.g. the key) in which it was found; absent if the model has no parts. */
  readonly part?: string;
  /** What is wrong, in one or two sentences that name operations, answers and times. */
  readonly sentence: string;
  /** The longest prefix, in time, that can still be put in order: one such order, by id. */
  readonly prefix: readonly number[];
  /** The operation whose return makes it impossible. */
  readonly stuck: number;
  /** A small set of operations that no order satisfies on its own, by id, `stuck` among them. */
  readonly core: readonly number[];
  /** For each order of the core that goes as far as it can: where it ends and why. */
  readonly refusals: readonly Refusal[];
}

/** The verdict on one history. Undecided is never a pass: a human must look. */
export type Verdict =
  | { readonly verdict: "linearizable"; readonly order: readonly number[]; readonly effort: Effort }
  | {
      readonly verdict: "not linearizable";
      /** One for each part that cannot be put in order, the first at least. */
      readonly violations: readonly Violation[];
      readonly effort: Effort;
    }
  | {
      readonly verdict: "undecided";
      /** The parts that were not finished. */
      readonly parts: readonly string[];
      /** Which budget was spent, on what, and where the search stood. */
      readonly sentence: string;
      readonly effort: Effort;
    };
