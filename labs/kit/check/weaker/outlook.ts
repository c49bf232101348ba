import { INITIAL, NOTHING, type Accesses } from "./accesses";

/**
 * Whether an operation that the model would allow next is in the way of one that must still come. In a search
 * for one order, this spares most wrong turns: they are seen where they are taken, not where they end.
 */
export class Outlook {
  /** Of each change, and behind them of each cell's initial value, how many readers are still to come. */
  private readonly readers: Int32Array;
  /** The last change of each cell, or where its initial value is counted. */
  private readonly last: Int32Array;
  /** How many changes each cell has seen. */
  private readonly changes: Int32Array;
  private readonly taken: number[] = [];
  /** The versions of numbered cells that a known operation makes. */
  private readonly made = new Set<string>();

  constructor(private readonly accesses: Accesses) {
    const { operations, keys, key, made, numbered } = accesses;
    this.readers = new Int32Array(operations.length + keys.length);
    this.last = Int32Array.from(keys, (_, cell) => operations.length + cell);
    this.changes = new Int32Array(keys.length);
    operations.forEach((_, i) => {
      this.count(i, 1);
      const [cell, version] = [key[i] ?? 0, made[i] ?? -1];
      if (version > 0 && numbered.has(cell)) this.made.add(`${cell} ${version}`);
    });
  }

  /** Whether nothing speaks against an operation now. */
  open(i: number): boolean {
    const { key, optional, numbered, blind, from, writes } = this.accesses;
    const cell = key[i] ?? 0;
    if (optional[i] === 1) {
      // Nobody read it, so it is of no use but to fill a gap between versions.
      if (numbered.has(cell)) {
        if (this.made.has(`${cell} ${(this.changes[cell] ?? 0) + 1}`)) return false;
      } else if (blind === undefined) return false;
    } else if (writes[i] !== 1) return true;
    const last = this.last[cell] ?? 0;
    return (this.readers[last] ?? 0) <= (this.sourceOf(i) === last && from[i] !== NOTHING ? 1 : 0);
  }

  /** An operation was put behind those before it. */
  place(i: number): void {
    const { key, writes, optional } = this.accesses;
    const cell = key[i] ?? 0;
    this.count(i, -1);
    this.taken.push(this.last[cell] ?? 0);
    if (writes[i] !== 1 && optional[i] !== 1) return;
    this.last[cell] = i;
    this.changes[cell] = (this.changes[cell] ?? 0) + 1;
  }

  /** The last operation that was placed is taken away. */
  takeBack(i: number): void {
    const { key, writes, optional } = this.accesses;
    const cell = key[i] ?? 0;
    this.count(i, 1);
    this.last[cell] = this.taken.pop() ?? 0;
    if (writes[i] === 1 || optional[i] === 1) this.changes[cell] = (this.changes[cell] ?? 0) - 1;
  }

  private count(i: number, by: number): void {
    const source = this.sourceOf(i);
    if (source !== NOTHING) this.readers[source] = (this.readers[source] ?? 0) + by;
  }

  /** Where the readers of what an operation read are counted. */
  private sourceOf(i: number): number {
    const { from, key, operations } = this.accesses;
    const source = from[i] ?? NOTHING;
    return source === INITIAL ? operations.length + (key[i] ?? 0) : source;
  }
}
