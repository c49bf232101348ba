import { equalPlain, type PlainData } from "../../program";
import type { AppendEntriesRequest, InstallSnapshotRequest, LogEntry } from "../messages";

/** What puppets have told as leaders of one term. */
interface Told {
  readonly term: number;
  /** The highest leaderCommit. */
  commit: number;
  /** The highest index that was vouched for: sent, or said to come just before. */
  reach: number;
  readonly entries: Map<number, LogEntry>;
}

interface ToldState {
  readonly index: number;
  readonly term: number;
  readonly data: PlainData;
}

/**
 * A puppet leader's word is law: what it calls committed may be applied. It becomes a fact only when a real server
 * applies it, because a scene may have a puppet say things that every server rightly refuses.
 */
export class PuppetWord {
  /** In the order in which they began to speak. */
  private readonly told: Told[] = [];
  private readonly states: ToldState[] = [];
  private highest = 0;

  /** The highest index that a puppet called committed. */
  get limit(): number {
    return this.highest;
  }

  /** A server received AppendEntries of a puppet. */
  hears({ term, prevLogIndex, entries, leaderCommit }: AppendEntriesRequest): void {
    const told = this.of(term);
    entries.forEach((entry, i) => {
      const index = prevLogIndex + 1 + i;
      if (!told.entries.has(index)) told.entries.set(index, entry);
    });
    this.raise(told, leaderCommit, prevLogIndex + entries.length);
  }

  /** A server received InstallSnapshot of a puppet. */
  hearsState({ term, lastIncludedIndex: index, lastIncludedTerm, data }: InstallSnapshotRequest): void {
    this.raise(this.of(term), index, index);
    if (!this.gave(index, lastIncludedTerm, data)) this.states.push({ index, term: lastIncludedTerm, data });
  }

  /** The term of the puppet that first called entry `index` committed. */
  termFor(index: number): number | undefined {
    return this.told.find(({ commit, reach }) => Math.min(commit, reach) >= index)?.term;
  }

  /** What a puppet sent as entry `index` in `term`. */
  entry(index: number, term: number): LogEntry | undefined {
    return this.told.find((told) => told.term === term)?.entries.get(index);
  }

  /** True if a puppet sent this very snapshot. */
  gave(index: number, term: number, data: PlainData): boolean {
    return this.states.some(
      (state) => state.index === index && state.term === term && equalPlain(state.data, data),
    );
  }

  private of(term: number): Told {
    let told = this.told.find((known) => known.term === term);
    if (told === undefined) this.told.push((told = { term, commit: 0, reach: 0, entries: new Map() }));
    return told;
  }

  private raise(told: Told, commit: number, reach: number): void {
    told.commit = Math.max(told.commit, commit);
    told.reach = Math.max(told.reach, reach);
    this.highest = Math.max(this.highest, Math.min(told.commit, told.reach));
  }
}
