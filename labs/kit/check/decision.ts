/** What an engine finds out about the operations of one part of a history. */
export type Decision = (
  | {
      readonly verdict: "linearizable";
      /** One order that the model allows, by id. Operations without an answer are in it only where they are needed. */
      readonly order: readonly number[];
    }
  | {
      readonly verdict: "not linearizable";
      /** A set of operations that no order satisfies on its own, by id, if the engine knows one. */
      readonly core?: readonly number[];
      /** The operation whose answer no order gets past, while all earlier answers can be passed, if the engine knows it. */
      readonly stuck?: number;
    }
  | {
      readonly verdict: "undecided";
      /** Which budget was spent and where the engine stood, without a full stop. */
      readonly sentence: string;
    }
) & {
  /** The engine that answered, e.g. `plain`. */
  readonly way: string;
  /** Configurations it tried. */
  readonly steps: number;
  /** The most memory that it kept at a time, bytes. */
  readonly bytes: number;
};
