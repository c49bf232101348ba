import type { CellOperation, Cells, Scalar } from "../cell";
import type { Operation } from "../history";
import { readByValue } from "./by-value";
import { readByVersion } from "./by-version";
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

/**
 * Finds out who read from whom. Reads without an answer say nothing: leave them out (see {@link
 * withoutVoidReads}).
 */
export function accessesOf(sessions: Sessions, cells: Cells): Accesses {
  const { operations } = sessions;
  const size = operations.length;
  const read = operations.map((one) => cellOf(one, cells));
  const numbers = new Map<string, number>();
  const byKey: number[][] = [];
  const key = Int32Array.from(read, ({ key: name }, i) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    (byKey[known] ??= []).push(i);
    return known;
  });
  const numbered = new Set<number>();
  const accesses: Accesses = {
    ...sessions,
    cells: read,
    key,
    keys: [...numbers.keys()],
    from: new Int32Array(size).fill(NOTHING),
    shownBy: new Int32Array(size).fill(-1),
    writes: new Uint8Array(size),
    optional: Uint8Array.from(operations, ({ outcome }) => (outcome === "unknown" ? 1 : 0)),
    met: new Float64Array(size).fill(-1),
    made: new Float64Array(size).fill(-1),
    numbered,
  };
  byKey.forEach((members, cell) => {
    const answered = members.filter((i) => operations[i]?.outcome === "ok");
    const named = answered.filter((i) => read[i]?.version !== undefined && !isMute(read[i]));
    if (named.length === answered.length && named.length > 0) {
      numbered.add(cell);
      readByVersion(accesses, members, cells.initial);
    } else {
      if (named.length > 0) {
        accesses.blind ??= `some answers about ${tellKey(accesses, cell)} say all about it and some do not`;
      }
      readByValue(accesses, members, cells.initial);
    }
  });
  return accesses;
}

/** Whether a compare-and-set does not say whether it swapped. */
function isMute(cell: CellOperation | undefined): boolean {
  return cell?.kind === "cas" && cell.swapped === undefined;
}

/**
 * The operations of a history but for reads without an answer, which neither happened to anybody nor say
 * anything.
 */
export function withoutVoidReads<I, O>(
  history: readonly Operation<I, O>[],
  cells: Cells<I, O>,
): Operation<I, O>[] {
  return history.filter((one) => one.outcome === "ok" || cells.of(one.input, undefined).kind !== "read");
}

/** An operation as reads and writes of its cell. */
export function cellOf<I, O>({ input, output, outcome }: Operation<I, O>, cells: Cells<I, O>): CellOperation {
  return cells.of(input, outcome === "ok" ? output : undefined);
}

/** A cell in words. */
export function tellKey({ keys }: Pick<Accesses, "keys">, cell: number): string {
  return keys[cell] === "" && keys.length === 1 ? "the cell" : JSON.stringify(keys[cell]);
}

/** A value in words. */
export function tellValue(value: Scalar): string {
  return JSON.stringify(value);
}

/** Says once that answers contradict each other; the first word counts. */
export function contradict(accesses: Accesses, sentence: string, ...operations: readonly number[]): void {
  accesses.contradiction ??= {
    sentence,
    core: operations.flatMap((i) => accesses.operations[i]?.id ?? []),
  };
}
