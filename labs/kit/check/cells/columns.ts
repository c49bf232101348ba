import type { CellOperation, Scalar } from "../cell";
import type { Operation } from "../history";

/** One operation on the cell, in the model's own words and in those of cells. */
export interface CellPart {
  readonly operation: Operation;
  readonly cell: CellOperation;
}

/** What an operation does to the cell, as far as its answer says; `a` and `b` are the values it names. */
export const Kind = {
  /** Saw value `a`; with NONE as `a`, it said nothing. */
  read: 0,
  /** Wrote value `a`. */
  write: 1,
  /** Put text `a` behind what the cell held. */
  append: 2,
  /** Compare-and-set that met value `a` and wrote value `b`; an unknown one takes effect only where it would. */
  swap: 3,
  /** Compare-and-set that met something else than value `a`. */
  miss: 4,
} as const;

/** No value, no version, no operation. */
export const NONE = -1;

// Stands for versions that are no counts, or above all counts: no history can reach it.
const IMPOSSIBLE = 0x7fff_ffff;

/**
 * The operations on one cell as columns, in the order of their calls. Numbers instead of objects: a million operations
 * take some tens of megabytes, and to compare two values is to compare two integers. What cannot matter is left out:
 * failed operations and unknown reads.
 */
export class Columns {
  /** How many of the answered operations name a version. */
  readonly versioned: number;
  /** How many of the operations are unknown. */
  readonly unknown: number;
  private readonly kinds: Uint8Array;
  private readonly opens: Uint8Array;
  private readonly firsts: Int32Array;
  private readonly seconds: Int32Array;
  private readonly versions: Int32Array;
  private readonly calls: Float64Array;
  private readonly returns: Float64Array;

  /**
   * @param values - every value that the operations speak of, once; the first is what the cell holds at first
   * @param numberOf - a value's place in `values`
   */
  constructor(
    private readonly parts: readonly CellPart[],
    readonly values: readonly Scalar[],
    numberOf: (value: Scalar) => number,
  ) {
    const size = parts.length;
    this.kinds = new Uint8Array(size);
    this.opens = new Uint8Array(size);
    this.firsts = new Int32Array(size).fill(NONE);
    this.seconds = new Int32Array(size).fill(NONE);
    this.versions = new Int32Array(size).fill(NONE);
    this.calls = new Float64Array(size);
    this.returns = new Float64Array(size);
    let [versioned, unknown] = [0, 0];
    for (let i = 0; i < size; i++) {
      const { operation, cell } = parts[i] as CellPart;
      const answered = operation.outcome === "ok";
      this.calls[i] = operation.call;
      this.returns[i] = answered ? operation.return : Infinity;
      if (!answered) {
        this.opens[i] = 1;
        unknown++;
      } else if (cell.version !== undefined) {
        this.versions[i] = isCount(cell.version) ? cell.version : IMPOSSIBLE;
        versioned++;
      }
      switch (cell.kind) {
        case "read":
          this.kinds[i] = Kind.read;
          if (cell.seen !== undefined) this.firsts[i] = numberOf(cell.seen);
          break;
        case "write":
        case "append":
          this.kinds[i] = Kind[cell.kind];
          this.firsts[i] = numberOf(cell.value);
          break;
        case "cas":
          this.kinds[i] = answered && cell.swapped === false ? Kind.miss : Kind.swap;
          this.firsts[i] = numberOf(cell.expected);
          this.seconds[i] = numberOf(cell.value);
          break;
      }
    }
    this.versioned = versioned;
    this.unknown = unknown;
  }

  /** How many operations. */
  get size(): number {
    return this.parts.length;
  }

  /** One of {@link Kind}, which also says what `a` and `b` are: places in `values`, or NONE. */
  kind(i: number): number {
    return this.kinds[i] as number;
  }

  a(i: number): number {
    return this.firsts[i] as number;
  }

  b(i: number): number {
    return this.seconds[i] as number;
  }

  /** The version that the answer names, or NONE. */
  version(i: number): number {
    return this.versions[i] as number;
  }

  call(i: number): number {
    return this.calls[i] as number;
  }

  /** Infinity for an unknown operation, which may take effect at any time. */
  ret(i: number): number {
    return this.returns[i] as number;
  }

  /** Whether it is unknown, so that it may be left out. */
  isOpen(i: number): boolean {
    return this.opens[i] === 1;
  }

  /** Whether it changes the version. */
  isChange(i: number): boolean {
    const kind = this.kind(i);
    return kind !== Kind.read && kind !== Kind.miss;
  }

  /** The names that the history gives to these operations. */
  ids(operations: Iterable<number>): number[] {
    return Array.from(operations, (i) => (this.parts[i] as CellPart).operation.id);
  }
}

/** The columns of a part, or undefined if it does not keep to the language of cells. */
export function columnsOf(parts: readonly CellPart[], initial: Scalar): Columns | undefined {
  const kept = parts.filter(
    ({ operation: { outcome }, cell }) => outcome === "ok" || (outcome === "unknown" && cell.kind !== "read"),
  );
  // Answered, but not whether it swapped: that may be either of two things, which no way here can express.
  const isVague = ({ operation, cell }: CellPart): boolean =>
    cell.kind === "cas" && cell.swapped === undefined && operation.outcome === "ok";
  if (kept.some(isVague)) return undefined;

  const values: Scalar[] = [initial];
  const places = new Map<Scalar, number>([[initial, 0]]);
  const columns = new Columns(inOrderOfCall(kept), values, (value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, values.length);
    return values.push(value) - 1;
  });
  // Only text has an end behind which more can be put.
  const appends = kept.some(({ cell }) => cell.kind === "append");
  return appends && !values.every((value) => typeof value === "string") ? undefined : columns;
}

function isCount(version: number): boolean {
  return Number.isInteger(version) && version >= 0 && version < IMPOSSIBLE;
}

/** Sorts only if need be: most histories are written down in this order. */
function inOrderOfCall(parts: CellPart[]): CellPart[] {
  const call = (i: number): number => parts[i]?.operation.call ?? Infinity;
  const sorted = parts.every((_, i) => i === 0 || call(i - 1) <= call(i));
  return sorted
    ? parts
    : parts.sort((x, y) => x.operation.call - y.operation.call || x.operation.id - y.operation.id);
}
