import type { ServerId } from "../../program";
import type { AppendEntriesRequest, RaftState } from "../messages";
import { baseOf, lastEntry, termOn } from "../state";

/** Up to where a leader's log of `term` reached a server in its present life, or a puppet says it holds it. */
interface Reach {
  readonly term: number;
  readonly index: number;
}

/**
 * Who holds what. A server whose disk is in term T and whose log ends with an entry of term T holds all that the leader
 * of T had up to there (Log Matching, §5.3). That it did so once is enough: nobody wins a later term without a vote of
 * one of a majority that did (§5.4.3).
 */
export class Holders {
  private readonly disks = new Map<ServerId, RaftState>();
  /** By term and server: up to which index it held the log of that term's leader before it went on to a later term. */
  private readonly held = new Map<number, number[]>();
  private readonly heard = new Map<ServerId, Reach>();
  private readonly acknowledged = new Map<ServerId, Reach>();

  disk(server: ServerId): RaftState | undefined {
    return this.disks.get(server);
  }

  /** A new life has heard nothing. */
  boots(server: ServerId): void {
    this.heard.delete(server);
  }

  /** An AppendEntries reaches a server; what it makes of it is seen at its next save. */
  hears(server: ServerId, request: AppendEntriesRequest): void {
    const end = endOf(request);
    if (end.term === request.term) raise(this.heard, server, end);
  }

  /** @returns the term of whose log the server now holds more than before */
  saves(server: ServerId, state: RaftState): number | undefined {
    const before = this.disks.get(server)?.currentTerm ?? 0;
    this.disks.set(server, state);
    const last = lastEntry(state);
    if (last.term === 0) return undefined;
    if (last.term >= state.currentTerm) return this.raise(server, last.term, last.index);
    // Group commit: an entry of the term that this save leaves, taken while still in it, and answered later. No vote
    // for a later term can have left before this save, so it is as good as a save of its own.
    const heard = this.heard.get(server);
    if (before > last.term || heard?.term !== last.term) return undefined;
    return this.raise(server, last.term, Math.min(last.index, heard.index));
  }

  /** A puppet says that it holds the log of the leader of `term` up to `end`. @returns as {@link Holders.saves} */
  acknowledges(puppet: ServerId, term: number, end: Reach): number | undefined {
    raise(this.acknowledged, puppet, { term, index: end.index });
    return end.term === term ? this.raise(puppet, term, end.index) : undefined;
  }

  /** The highest index that a majority of all `servers` held in `term`. */
  byMajority(term: number, servers: number): number {
    const counts = [...(this.held.get(term) ?? [])].sort((a, b) => b - a);
    return counts[Math.floor(servers / 2)] ?? 0;
  }

  /** The disks that hold entry `index` of `term`. */
  statesWith(index: number, term: number): RaftState[] {
    return [...this.disks.values()].filter((state) => termOn(state, index) === term);
  }

  /** Whose disks hold entry `index` of `term` now, puppets by their word; a snapshot that covers it counts. */
  holding(index: number, term: number): ServerId[] {
    const puppets = [...this.acknowledged]
      .filter(([, reach]) => reach.index >= index && reach.term >= term)
      .map(([puppet]) => puppet);
    const servers = [...this.disks]
      .filter(([, state]) => termOn(state, index) === term || baseOf(state) > index)
      .map(([server]) => server);
    return [...servers, ...puppets].sort((a, b) => a - b);
  }

  /** Who held entry `index` of `term` before it went on to a later term. */
  inTime(index: number, term: number): ServerId[] {
    const counts = [...(this.held.get(term) ?? []).entries()];
    return counts.filter(([, upTo]) => upTo >= index).map(([server]) => server);
  }

  private raise(server: ServerId, term: number, index: number): number | undefined {
    let counts = this.held.get(term);
    if (counts === undefined) this.held.set(term, (counts = []));
    while (counts.length <= server) counts.push(0);
    if (index <= (counts[server] ?? 0)) return undefined;
    counts[server] = index;
    return term;
  }
}

/** Index and term of the last entry that a success answers for. */
export function endOf({ prevLogIndex, prevLogTerm, entries }: AppendEntriesRequest): Reach {
  return { index: prevLogIndex + entries.length, term: entries.at(-1)?.term ?? prevLogTerm };
}

function raise(reaches: Map<ServerId, Reach>, server: ServerId, reach: Reach): void {
  const known = reaches.get(server);
  if (known === undefined || reach.term > known.term) reaches.set(server, reach);
  else if (reach.term === known.term && reach.index > known.index) reaches.set(server, reach);
}
