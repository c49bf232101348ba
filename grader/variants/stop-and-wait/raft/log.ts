import type { LogEntry, PlainData, Snapshot } from "@labs/kit";

/** Entries (offset, offset + list.length], behind a snapshot or behind nothing. Figure 2's indices. */
export class Log {
  private list: LogEntry[];

  constructor(
    saved: readonly LogEntry[] = [],
    private snap: Snapshot | null = null,
  ) {
    this.list = saved.slice();
  }

  get snapshot(): Snapshot | null {
    return this.snap;
  }

  /** For saving. */
  get entries(): readonly LogEntry[] {
    return this.list;
  }

  /** The index before the first entry that is still here. */
  get offset(): number {
    return this.snap?.lastIncludedIndex ?? 0;
  }

  get last(): number {
    return this.offset + this.list.length;
  }

  get lastTerm(): number {
    return this.termAt(this.last) ?? 0;
  }

  /** undefined: no such entry here, or not any more. */
  termAt(index: number): number | undefined {
    if (index === this.offset) return this.snap?.lastIncludedTerm ?? 0;
    return this.list[index - this.offset - 1]?.term;
  }

  get(index: number): LogEntry {
    const entry = this.list[index - this.offset - 1];
    if (entry === undefined) throw new Error(`no entry ${index} in (${this.offset}, ${this.last}]`);
    return entry;
  }

  push(...more: LogEntry[]): void {
    for (const entry of more) this.list.push(entry);
  }

  /** Entries from `index` on, at most `max`. */
  from(index: number, max: number): LogEntry[] {
    const start = index - this.offset - 1;
    return this.list.slice(start, start + max);
  }

  /** Removes entry `index` and all behind. */
  cut(index: number): void {
    this.list.length = index - this.offset - 1;
  }

  /** The snapshot takes the place of what it covers; what follows stays if the snapshot fits in, else goes. */
  replaceBy(index: number, term: number, data: PlainData): void {
    this.list = this.termAt(index) === term ? this.list.slice(index - this.offset) : [];
    this.snap = { lastIncludedIndex: index, lastIncludedTerm: term, data };
  }

  /** First index of the run of equal terms that `index` is in. */
  startOfTerm(index: number): number {
    const term = this.termAt(index);
    while (index - 1 > this.offset && this.termAt(index - 1) === term) index -= 1;
    return index;
  }

  /** Last index of `term`, not above `limit`; undefined if none is here. */
  endOfTerm(term: number, limit: number): number | undefined {
    for (let i = Math.min(limit, this.last); i >= this.offset; i--) {
      const t = this.termAt(i) as number;
      if (t === term) return i;
      if (t < term) return undefined;
    }
    return undefined;
  }
}
