import type { LogEntry, PlainData, Snapshot } from "@labs/kit";

/**
 * The log, by the paper's indices, which count from 1. A snapshot may stand for its beginning (§7, Figure 13): then
 * the first entry that is kept is `baseIndex + 1`.
 */
export class Log {
  private kept: LogEntry[];

  constructor(
    entries: readonly LogEntry[],
    private compacted: Snapshot | null,
  ) {
    this.kept = [...entries];
  }

  /** All entries behind the snapshot, as they are saved. */
  get entries(): readonly LogEntry[] {
    return this.kept;
  }

  get snapshot(): Snapshot | null {
    return this.compacted;
  }

  /** Index of the last entry that the snapshot replaced; 0 without one. */
  get baseIndex(): number {
    return this.compacted?.lastIncludedIndex ?? 0;
  }

  get lastIndex(): number {
    return this.baseIndex + this.kept.length;
  }

  get lastTerm(): number {
    return this.kept.at(-1)?.term ?? this.compacted?.lastIncludedTerm ?? 0;
  }

  /** The term of entry `index`: 0 before the first, undefined if the log does not have or no longer has it. */
  termAt(index: number): number | undefined {
    if (index === this.baseIndex) return this.compacted?.lastIncludedTerm ?? 0;
    return this.at(index)?.term;
  }

  at(index: number): LogEntry | undefined {
    return this.kept[index - this.baseIndex - 1];
  }

  /** At most `most` entries, beginning with entry `index`. */
  from(index: number, most: number): LogEntry[] {
    const start = index - this.baseIndex - 1;
    return this.kept.slice(start, start + most);
  }

  /**
   * True if the candidate's log is at least as up-to-date as this one: the later last term wins; with equal terms the
   * longer log, and an equal one will do (§5.4.1).
   */
  isCoveredBy(candidate: { readonly lastLogIndex: number; readonly lastLogTerm: number }): boolean {
    if (candidate.lastLogTerm !== this.lastTerm) return candidate.lastLogTerm > this.lastTerm;
    return candidate.lastLogIndex >= this.lastIndex;
  }

  append(entry: LogEntry): void {
    this.kept.push(entry);
  }

  /**
   * Takes over entries that follow entry `prevLogIndex`, which matches. What is here already stays, whatever may follow it:
   * only a conflict removes entries (Figure 2, AppendEntries receiver 3 and 4).
   *
   * @returns true if that changed the log
   */
  merge(prevLogIndex: number, entries: readonly LogEntry[]): boolean {
    const fresh = entries.findIndex(({ term }, i) => this.termAt(prevLogIndex + 1 + i) !== term);
    if (fresh < 0) return false;
    this.kept.length = prevLogIndex + fresh - this.baseIndex;
    for (const entry of entries.slice(fresh)) this.append(entry);
    return true;
  }

  /** The first index that holds an entry of the same term as entry `index`. */
  firstOfTermAt(index: number): number {
    let first = index;
    while (first - 1 > this.baseIndex && this.termAt(first - 1) === this.termAt(index)) first -= 1;
    return first;
  }

  /** The last index that holds an entry of `term`, at or before `index`; undefined if there is none. */
  lastOfTerm(term: number, index: number): number | undefined {
    let last = Math.min(index, this.lastIndex);
    while (last > this.baseIndex && (this.termAt(last) ?? 0) > term) last -= 1;
    return last > this.baseIndex && this.termAt(last) === term ? last : undefined;
  }

  /** `data` is the service's state after entry `index`: it replaces the log up to there (§7). */
  compact(index: number, data: PlainData): void {
    this.install({ lastIncludedIndex: index, lastIncludedTerm: this.termAt(index) ?? 0, data });
  }

  /** A snapshot takes the place of what it covers; what follows a matching entry stays (Figure 13, receiver 6 and 7). */
  install(snapshot: Snapshot): void {
    const { lastIncludedIndex, lastIncludedTerm } = snapshot;
    const matches = this.termAt(lastIncludedIndex) === lastIncludedTerm;
    this.kept = matches ? this.kept.slice(lastIncludedIndex - this.baseIndex) : [];
    this.compacted = snapshot;
  }
}
