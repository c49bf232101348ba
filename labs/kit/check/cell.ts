/** What a cell can hold. */
export type Scalar = string | number | null;

/**
 * One operation as reads and writes of one cell. The shortcuts and the weaker models speak this language, so that they
 * serve every model that can be put in it.
 */
export type CellOperation = {
  /** Which cell; `""` if there is only one. */
  readonly key: string;
} & (
  | { readonly kind: "read"; readonly seen?: Scalar | undefined }
  | { readonly kind: "write"; readonly value: Scalar }
  /** The cell then holds the text that it held and this one behind it. */
  | { readonly kind: "append"; readonly value: string }
  /** Compare-and-set: writes `value` if the cell holds `expected`. `swapped` is what was answered. */
  | {
      readonly kind: "cas";
      readonly expected: Scalar;
      readonly value: Scalar;
      readonly swapped?: boolean | undefined;
    }
) & {
    /**
     * How many changes the cell had seen, this one included, where the answer says so: a read names the version it
     * read, a change the one it made, a compare-and-set that changed nothing the one it met. The initial one is 0.
     */
    readonly version?: number | undefined;
  };

/** How a model's operations read as operations on cells. */
export interface Cells<I = unknown, O = unknown> {
  /** What every cell holds at first. */
  readonly initial: Scalar;
  /** `output` is undefined for an operation that was not answered. */
  of(input: I, output: O | undefined): CellOperation;
}
