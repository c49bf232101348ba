import type { CellOperation, Cells, Scalar } from "../cell";
import type { History, Operation } from "../history";

/** What an operation does to the cell, as far as its answer says; `a` and `b` are the values it names. */
export const Kind = {
  /** Saw value `a`; with NONE as `a`, it said nothing. */
  read: 0,
  /** Wrote value `a`. */
  write: 1,
  /** Put text `a` behind what the cell held. */
  append: 2,
  /** Compare-and-set that met value `a` and wrote value `b`; an unknown one takes effect only where it would. */
  cas: 3,
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
  /** How many operations. */
  size = 0;
  /** How many of the answered operations name a version. */
  versioned = 0;
  /** How many of the operations are unknown. */
  unknown = 0;
  /** Every value that the operations speak of, once; the first is what the cell holds at first. */
  readonly values: Scalar[];
  private readonly names: Float64Array;
  private readonly kinds: Uint8Array;
  private readonly opens: Uint8Array;
  private readonly firsts: Int32Array;
  private readonly seconds: Int32Array;
  private readonly versions: Int32Array;
  private readonly calls: Float64Array;
  private readonly returns: Float64Array;

  /** The columns of a part, or undefined if it does not keep to the language of cells. */
  static of<I, O>(operations: History<I, O>, cells: Cells<I, O>): Columns | undefined {
    const columns = new Columns(operations.length, cells.initial);
    const numbers = new Map<Scalar, number>([[cells.initial, 0]]);
    let [appends, latest] = [false, -Infinity];
    for (const operation of operations) {
      const { outcome, call } = operation;
      if (outcome === "failed") continue;
      // Read once and let go: to keep an object an operation would cost more than all the columns.
      const cell = cells.of(operation.input, outcome === "ok" ? operation.output : undefined);
      if (outcome === "unknown" && cell.kind === "read") continue;
      // Most histories are written down in the order of the calls; the others are sorted.
      if (call < latest) return Columns.of(operations.toSorted(byCall), cells);
      latest = call;
      // Answered, but not whether it swapped: that may be either of two things, which no way here can express.
      if (cell.kind === "cas" && cell.swapped === undefined && outcome === "ok") return undefined;
      if (cell.kind === "append") appends = true;
      columns.add(operation, cell, numbers);
    }
    // Only text has an end behind which more can be put.
    return appends && !columns.values.every((value) => typeof value === "string") ? undefined : columns;
  }

  private constructor(room: number, initial: Scalar) {
    this.values = [initial];
    this.names = new Float64Array(room);
    this.kinds = new Uint8Array(room);
    this.opens = new Uint8Array(room);
    this.firsts = new Int32Array(room);
    this.seconds = new Int32Array(room);
    this.versions = new Int32Array(room);
    this.calls = new Float64Array(room);
    this.returns = new Float64Array(room);
  }

  private add(operation: Operation, cell: CellOperation, numbers: Map<Scalar, number>): void {
    const i = this.size++;
    const answered = operation.outcome === "ok";
    this.names[i] = operation.id;
    this.calls[i] = operation.call;
    this.returns[i] = answered ? operation.return : Infinity;
    this.opens[i] = answered ? 0 : 1;
    this.versions[i] = NONE;
    if (!answered) {
      this.unknown++;
    } else if (cell.version !== undefined) {
      this.versions[i] = isCount(cell.version) ? cell.version : IMPOSSIBLE;
      this.versioned++;
    }
    const a = cell.kind === "read" ? cell.seen : cell.kind === "cas" ? cell.expected : cell.value;
    const b = cell.kind === "cas" ? cell.value : undefined;
    const missed = answered && cell.kind === "cas" && cell.swapped === false;
    this.kinds[i] = missed ? Kind.miss : Kind[cell.kind];
    this.firsts[i] = a === undefined ? NONE : this.number(a, numbers);
    this.seconds[i] = b === undefined ? NONE : this.number(b, numbers);
  }

  private number(value: Scalar, numbers: Map<Scalar, number>): number {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
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
  ids(operations: readonly number[]): number[] {
    return operations.map((i) => this.names[i] as number);
  }
}

function isCount(version: number): boolean {
  return Number.isInteger(version) && version >= 0 && version < IMPOSSIBLE;
}

function byCall(a: Operation, b: Operation): number {
  return a.call - b.call || a.id - b.id;
}
