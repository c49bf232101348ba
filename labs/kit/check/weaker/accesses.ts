import type { CellOperation, Scalar } from "../cell";
import type { Sessions } from "./sessions";

/** Read what a cell holds before anybody wrote it. */
export const INITIAL = -1;

/** Read nothing, or nobody can tell what. */
export const NOTHING = -2;

/** A set of answers that cannot all be true. */
export interface Contradiction {
  readonly sentence: string;
  readonly core: readonly number[];
}

/**
 * Who read from whom. An answer names the change that it shows: by its version if all answers about the cell
 * have one, by its value otherwise. A version is taken as a name here; which order versions have is the
 * business of the levels. Compare-and-set that swapped, and append, read what they changed. Operations are
 * numbered as in {@link Sessions}.
 */
export interface Accesses extends Sessions {
  readonly cells: readonly CellOperation[];
  /** The cell of each operation, numbered. */
  readonly key: Int32Array;
  /** The names of the cells. */
  readonly keys: readonly string[];
  /** The operation that wrote what this one read, `INITIAL` or `NOTHING`. */
  readonly from: Int32Array;
  /** Whose answer shows what an operation read if its own does not, -1 if none has to. */
  readonly shownBy: Int32Array;
  /** 1 for each operation that changed its cell: it said so, or somebody read the change. */
  readonly writes: Uint8Array;
  /** 1 for each operation without an answer of which no answer shows a trace. */
  readonly optional: Uint8Array;
  /** The version that an operation read and the one that it made, -1 if not known. */
  readonly met: Float64Array;
  readonly made: Float64Array;
  /** The cells of which all answers name a version, by number. */
  readonly numbered: ReadonlySet<number>;
  /** Why these answers are wrong under any promise at all. */
  contradiction?: Contradiction;
  /** Two changes that say they made the same version: no single order of changes has both. */
  clash?: Contradiction;
  /** Why a history that shows no fault may have one that cannot be seen. */
  blind?: string;
}

/** A cell in words. */
export function tellKey({ keys }: Pick<Accesses, "keys">, cell: number): string {
  return keys[cell] === "" && keys.length === 1 ? "the cell" : JSON.stringify(keys[cell]);
}

/** A value in words, a long one without its middle. */
export function tellValue(value: Scalar): string {
  const long = typeof value === "string" && value.length > 40;
  return JSON.stringify(long ? `${value.slice(0, 18)}…${value.slice(-18)}` : value);
}

/** Says once that answers contradict each other; the first word counts. */
export function contradict(accesses: Accesses, sentence: string, ...operations: readonly number[]): void {
  accesses.contradiction ??= {
    sentence,
    core: operations.flatMap((i) => accesses.operations[i]?.id ?? []),
  };
}
