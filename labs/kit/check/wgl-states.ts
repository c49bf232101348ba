import type { Operation } from "./history";
import type { Model } from "./model";
import { sameValue } from "./same";

/** No state: the model would have answered something else. */
export const REFUSED = -1;

/** The table holds states this much higher, so that 0, which new tables are full of, means: not asked yet. */
const SHIFT = 2;

/** Entries of the table; past it the model is asked each time. */
const TABLE = 1 << 20;

/**
 * The states of a model that were met, numbered from 0, the initial one. What each operation makes of each state is
 * asked of the model once and kept in a table, so that models may be as slow and as readable as they like.
 */
export class States<S, I, O> {
  private readonly values: S[] = [];
  private readonly names = new Map<unknown, number>();
  private readonly texts = new Map<string, number>();
  private table: Int32Array;
  /** Of the names, a rough count. */
  private nameBytes = 0;

  constructor(
    private readonly model: Model<S, I, O>,
    private readonly operations: readonly Operation<I, O>[],
  ) {
    this.table = new Int32Array(8 * operations.length);
    this.number(model.initial);
  }

  /** Memory in use. */
  get bytes(): number {
    return this.table.byteLength + this.nameBytes;
  }

  /** The state after an operation, or REFUSED if its answer is not the one that the model gives. */
  after(state: number, operation: number): number {
    const place = state * this.operations.length + operation;
    const known = place < this.table.length ? (this.table[place] ?? 0) : 0;
    if (known !== 0) return known - SHIFT;
    const found = this.ask(state, operation);
    if (place >= this.table.length && place < TABLE) this.grow(place);
    if (place < this.table.length) this.table[place] = found + SHIFT;
    return found;
  }

  private ask(state: number, index: number): number {
    const operation = this.operations[index];
    if (operation === undefined) return REFUSED;
    const { state: after, output } = this.model.apply(this.values[state] as S, operation.input);
    return operation.outcome !== "ok" || this.agrees(output, operation.output as O)
      ? this.number(after)
      : REFUSED;
  }

  private agrees(expected: O, told: O): boolean {
    return this.model.agrees?.(expected, told) ?? sameValue(expected, told);
  }

  private number(state: S): number {
    const name: unknown = this.model.identity?.(state) ?? state;
    if (typeof name === "object" && name !== null)
      return this.lookUp(this.texts, JSON.stringify(name), state);
    return this.lookUp(this.names, name, state);
  }

  private lookUp<K>(names: Map<K, number>, name: K, state: S): number {
    const known = names.get(name);
    if (known !== undefined) return known;
    const number = this.values.push(state) - 1;
    names.set(name, number);
    this.nameBytes += 64 + (typeof name === "string" ? 2 * name.length : 0);
    return number;
  }

  private grow(place: number): void {
    const table = new Int32Array(Math.min(TABLE, Math.max(place + 1, 2 * this.table.length)));
    table.set(this.table);
    this.table = table;
  }
}
