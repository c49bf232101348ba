import { Kind, NONE, type Columns } from "./columns";
import { CellStates } from "./states";
import { OTHER, valuesOf, type Values } from "./values";

/**
 * What the search of a cell plays on: its operations, the required ones first and the unknown ones behind them, each in
 * the order of their calls; what they do; and what is left to write.
 */
export class Field {
  readonly size: number;
  /** How many are required; those from here on are unknown. */
  readonly required: number;
  readonly states: CellStates;
  private readonly values: Values;
  private readonly rows: Int32Array;
  private readonly calls: Float64Array;
  private readonly returns: Float64Array;
  private readonly kinds: Uint8Array;
  /** Equal for operations that ask and answer the same, as far as can be told. */
  private readonly asked: Int32Array;
  private readonly twins: Int32Array;
  private readonly needs: Int32Array;
  private readonly writes: Int32Array;
  /** For each value, how many operations that are not placed write it. */
  private readonly left: number[] = [];
  /** For each value that is needed, those that are written and lead to it. */
  private readonly sources: number[][] = [];
  /** Whether answers can tell even of values that nobody met: by versions, or by a compare-and-set that failed. */
  readonly canSeeOthers: boolean;

  constructor(readonly columns: Columns) {
    const all = Array.from({ length: columns.size }, (_, i) => i);
    this.rows = Int32Array.from([
      ...all.filter((i) => !columns.isOpen(i)),
      ...all.filter((i) => columns.isOpen(i)),
    ]);
    this.size = columns.size;
    this.required = columns.size - columns.unknown;
    this.calls = Float64Array.from(this.rows, (i) => columns.call(i));
    this.returns = Float64Array.from(this.rows, (i) => columns.ret(i));
    this.kinds = Uint8Array.from(this.rows, (i) => columns.kind(i));
    this.values = valuesOf(columns, this.rows);
    this.states = new CellStates(columns, this.values);
    this.needs = Int32Array.from(this.rows, (i) => this.states.needs(i));
    this.writes = Int32Array.from(this.rows, (i) => this.states.writes(i));
    this.canSeeOthers = this.states.counted || this.kinds.includes(Kind.miss);
    this.asked = this.askedOf();
    this.twins = this.twinsOf();
    for (const value of this.writes) if (value !== NONE) this.left[value] = (this.left[value] ?? 0) + 1;
    const written = Object.keys(this.left).map(Number);
    for (const value of this.needs) {
      if (value !== NONE) this.sources[value] ??= written.filter((one) => this.values.leadsTo(one, value));
    }
  }

  /** Its place in the columns. */
  row(i: number): number {
    return this.rows[i] as number;
  }

  call(i: number): number {
    return this.calls[i] as number;
  }

  ret(i: number): number {
    return this.returns[i] as number;
  }

  after(state: number, i: number): number {
    return this.states.after(state, this.row(i));
  }

  /** Whether it leaves every state as it is in which it can be. */
  changesNothing(i: number): boolean {
    const kind = this.kinds[i];
    if (kind === Kind.read || kind === Kind.miss) return true;
    return kind === Kind.cas && !this.states.counted && this.needs[i] === this.writes[i];
  }

  /** Whether what it does, or whether it can be, depends on what the cell holds. */
  dependsOnHeld(i: number): boolean {
    return this.kinds[i] !== Kind.write;
  }

  /** Whether two operations ask and answer the same, as far as can be told. */
  isSame(i: number, j: number): boolean {
    return this.asked[i] === this.asked[j];
  }

  /** The unknown operation before this one that asks the same: there is no need to take this one while it is free. */
  twin(i: number): number {
    return this.twins[i] as number;
  }

  /** Whether an unknown change would leave nothing that anybody can tell. */
  isPointless(i: number, state: number): boolean {
    if (this.states.counted) return false;
    const to = this.after(state, i);
    return to === state || (to === OTHER && !this.canSeeOthers);
  }

  /** Whether it needs a value that the cell does not hold, and that nothing that is left can lead to. */
  isHopeless(i: number, state: number): boolean {
    const needed = this.needs[i] as number;
    if (needed === NONE || this.values.leadsTo(this.states.held(state), needed)) return false;
    return !(this.sources[needed] as number[]).some((value) => (this.left[value] as number) > 0);
  }

  /** Counts an operation out of those that are left to write; `putBack` counts it in again. */
  takeOut(i: number): void {
    const value = this.writes[i] as number;
    if (value !== NONE) this.left[value] = (this.left[value] as number) - 1;
  }

  putBack(i: number): void {
    const value = this.writes[i] as number;
    if (value !== NONE) this.left[value] = (this.left[value] as number) + 1;
  }

  private askedOf(): Int32Array {
    const { columns } = this;
    const names = new Map<string, number>();
    return Int32Array.from(this.rows, (i, place) => {
      const a = columns.kind(i) === Kind.append ? columns.a(i) : this.needs[place];
      const name = `${columns.kind(i)} ${a} ${this.writes[place]} ${columns.version(i)}`;
      const known = names.get(name);
      if (known === undefined) names.set(name, place);
      return known ?? place;
    });
  }

  private twinsOf(): Int32Array {
    const twins = new Int32Array(this.size).fill(NONE);
    const latest = new Map<number, number>();
    for (let i = this.required; i < this.size; i++) {
      const asked = this.asked[i] as number;
      twins[i] = latest.get(asked) ?? NONE;
      latest.set(asked, i);
    }
    return twins;
  }
}
