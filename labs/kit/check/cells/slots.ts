import { NONE, type Columns } from "./columns";

/**
 * The versions of a cell in their order, each with the answered change that made it and the answered operations that saw
 * it. An order of all operations has to be: the maker of version 1, those that saw it, the maker of version 2, and so on.
 */
export class Slots {
  /** The highest version that an answer names; what came later no answer depends on. */
  readonly top: number;
  /** Two answered changes that made the same version, if there are such. */
  readonly clash: readonly [number, number] | undefined;
  private readonly makers: Int32Array;
  /** The observers of version v: `observers[starts[v]]` to `observers[starts[v + 1] - 1]`, in order of call. */
  private readonly starts: Int32Array;
  private readonly observers: Int32Array;

  constructor(private readonly columns: Columns) {
    const { size } = columns;
    let top = 0;
    for (let i = 0; i < size; i++) top = Math.max(top, columns.version(i));
    this.top = top;
    this.makers = new Int32Array(top + 1).fill(NONE);
    this.starts = new Int32Array(top + 2);
    let clash: readonly [number, number] | undefined;
    let observed = 0;
    for (let i = 0; i < size; i++) {
      const version = columns.version(i);
      if (version === NONE) continue;
      if (columns.isChange(i)) {
        const other = this.maker(version);
        if (other !== NONE) clash ??= [other, i];
        this.makers[version] = i;
      } else {
        this.starts[version + 1] = this.start(version + 1) + 1;
        observed++;
      }
    }
    this.clash = clash;
    for (let v = 1; v <= top + 1; v++) this.starts[v] = this.start(v) + this.start(v - 1);
    this.observers = new Int32Array(observed);
    const free = this.starts.slice();
    for (let i = 0; i < size; i++) {
      const version = columns.version(i);
      if (version === NONE || columns.isChange(i)) continue;
      const place = free[version] as number;
      this.observers[place] = i;
      free[version] = place + 1;
    }
  }

  /** The answered change that made the version, or NONE. */
  maker(version: number): number {
    return this.makers[version] as number;
  }

  /** The answered operations that saw the version, in order of call. */
  observersOf(version: number): Int32Array {
    return this.observers.subarray(this.start(version), this.start(version + 1));
  }

  /** An operation that was answered before the call of one that the versions put before it, if there is such. */
  outOfTime(): readonly [number, number] | undefined {
    const { columns } = this;
    let latest: number = NONE; // of those so far, the one called last
    const isLate = (i: number): boolean => latest !== NONE && columns.ret(i) < columns.call(latest);
    for (let v = 0; v <= this.top; v++) {
      const maker = this.maker(v);
      if (maker !== NONE) {
        if (isLate(maker)) return [maker, latest];
        if (latest === NONE || columns.call(maker) > columns.call(latest)) latest = maker;
      }
      const observers = this.observersOf(v);
      const late = observers.find(isLate);
      if (late !== undefined) return [late, latest];
      const last = observers.at(-1) ?? NONE;
      if (last !== NONE && (latest === NONE || columns.call(last) > columns.call(latest))) latest = last;
    }
    return undefined;
  }

  /**
   * For each version, the answered operation that returns first of those that come after its maker: whatever made the
   * version was called by then. NONE if there is none.
   */
  firstReturns(): Int32Array {
    const { columns } = this;
    const firsts = new Int32Array(this.top + 1);
    let first: number = NONE;
    const consider = (i: number): void => {
      if (i !== NONE && (first === NONE || columns.ret(i) < columns.ret(first))) first = i;
    };
    for (let v = this.top; v >= 0; v--) {
      this.observersOf(v).forEach(consider);
      firsts[v] = first;
      consider(this.maker(v));
    }
    return firsts;
  }

  /** The whole order, by place in the columns. */
  order(makers: (version: number) => number): number[] {
    const order: number[] = [];
    for (let v = 0; v <= this.top; v++) {
      if (v > 0) order.push(makers(v));
      for (const i of this.observersOf(v)) order.push(i);
    }
    return order;
  }

  private start(version: number): number {
    return this.starts[version] as number;
  }
}
