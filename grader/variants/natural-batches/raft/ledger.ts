import type { LogEntry, PlainData, RaftState, Snapshot } from "@labs/kit";

/** The log and the snapshot before it; `log[0]` is a dummy for what is compacted, or for the beginning. */
export class Ledger {
  snap: Snapshot | null = null;
  private log: LogEntry[] = [];

  constructor(saved: RaftState | undefined) {
    this.compactTo(saved?.snapshot ?? null, saved?.log ?? []);
  }

  get base(): number {
    return this.snap?.lastIncludedIndex ?? 0;
  }

  get last(): number {
    return this.base + this.log.length - 1;
  }

  /** All that is saved. */
  get entries(): LogEntry[] {
    return this.log.slice(1);
  }

  at(index: number): LogEntry | undefined {
    return this.log[index - this.base];
  }

  termAt(index: number): number | undefined {
    return this.at(index)?.term;
  }

  isCoveredBy(candidate: { readonly lastLogTerm: number; readonly lastLogIndex: number }): boolean {
    const own = this.termAt(this.last) ?? 0;
    if (candidate.lastLogTerm !== own) return candidate.lastLogTerm > own;
    return candidate.lastLogIndex >= this.last;
  }

  slice(first: number, most: number): LogEntry[] {
    return this.log.slice(first - this.base, first - this.base + most);
  }

  /** Puts an entry in its place, unless it is there or compacted; true if that changed something. */
  accept(index: number, entry: LogEntry): boolean {
    if (index <= this.base || this.termAt(index) === entry.term) return false;
    this.log.length = index - this.base;
    this.log.push(entry);
    return true;
  }

  /** A snapshot stands for what it covers; what follows stays if it follows that very entry. */
  compact(index: number, term: number, data: PlainData): void {
    const rest = this.termAt(index) === term ? this.log.slice(index + 1 - this.base) : [];
    this.compactTo({ lastIncludedIndex: index, lastIncludedTerm: term, data }, rest);
  }

  private compactTo(snap: Snapshot | null, rest: readonly LogEntry[]): void {
    this.snap = snap;
    this.log = [{ term: snap?.lastIncludedTerm ?? 0, command: null }, ...rest];
  }
}
