import type { CellOperation, Cells } from "../cell";
import type { Operation } from "../history";
import { NOTHING, tellKey, type Accesses } from "./accesses";
import { readByValue } from "./by-value";
import { readByVersion } from "./by-version";
import type { Sessions } from "./sessions";

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
function cellOf<I, O>({ input, output, outcome }: Operation<I, O>, cells: Cells<I, O>): CellOperation {
  return cells.of(input, outcome === "ok" ? output : undefined);
}
