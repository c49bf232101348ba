import { Kind, NONE, type Columns } from "./columns";
import type { Values } from "./values";

/** The state after an operation that the cell would not have answered so. */
export const REFUSED = -1;

/** The states of a cell as integers: what it holds and, if answers name versions, how many changes it has seen. */
export class CellStates {
  /** Whether versions count. */
  readonly counted: boolean;
  readonly initial: number;
  /** Of each operation, the values of {@link Columns} as numbers of {@link Values}; an append's stays as it is. */
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  /** Where versions count, what each state holds, and its version; and the states by both. */
  private readonly helds: number[] = [];
  private readonly versions: number[] = [];
  private readonly numbers: Map<number, number>[] = [];

  constructor(
    private readonly columns: Columns,
    private readonly values: Values,
  ) {
    const { size, versioned } = columns;
    this.counted = versioned > 0;
    this.a = new Int32Array(size);
    this.b = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const [a, b] = [columns.a(i), columns.b(i)];
      this.a[i] = columns.kind(i) === Kind.append || a === NONE ? a : values.of(a);
      this.b[i] = b === NONE ? b : values.of(b);
    }
    this.initial = this.state(values.of(0), 0);
  }

  /** The value that an operation has to meet, or NONE. */
  needs(operation: number): number {
    const kind = this.columns.kind(operation);
    return kind === Kind.read || kind === Kind.cas ? (this.a[operation] as number) : NONE;
  }

  /** The value that a change writes whole, or NONE. */
  writes(operation: number): number {
    const kind = this.columns.kind(operation);
    if (kind === Kind.cas) return this.b[operation] as number;
    return kind === Kind.write ? (this.a[operation] as number) : NONE;
  }

  /** The state after an operation, or REFUSED. */
  after(state: number, operation: number): number {
    const { columns } = this;
    const held = this.held(state);
    const version = this.version(state);
    const a = this.a[operation] as number;
    const kind = columns.kind(operation);
    const change = kind === Kind.read || kind === Kind.miss ? 0 : 1;
    const named = columns.version(operation);
    if (named !== NONE && named !== version + change) return REFUSED;
    switch (kind) {
      case Kind.read:
        return a === NONE || a === held ? state : REFUSED;
      case Kind.miss:
        return a === held ? REFUSED : state;
      case Kind.write:
        return this.state(a, version + 1);
      case Kind.append:
        return this.state(this.values.append(held, a), version + 1);
      default:
        return a === held ? this.state(this.b[operation] as number, version + 1) : REFUSED;
    }
  }

  /** What the cell holds. */
  held(state: number): number {
    return this.counted ? (this.helds[state] as number) : state;
  }

  /** How many changes it has seen, if versions count. */
  version(state: number): number {
    return this.counted ? (this.versions[state] as number) : 0;
  }

  private state(held: number, version: number): number {
    if (!this.counted) return held;
    const row = (this.numbers[version] ??= new Map<number, number>());
    let state = row.get(held);
    if (state === undefined) {
      state = this.helds.push(held) - 1;
      this.versions.push(version);
      row.set(held, state);
    }
    return state;
  }
}
