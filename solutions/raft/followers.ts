import type { AppendEntriesRequest, PlainData, ServerId } from "@labs/kit";
import type { Log } from "./log";

/** What a leader knows of one follower (Figure 2, volatile state on leaders). */
interface Progress {
  /** The next entry to send: what was sent is taken to arrive, until a refusal shows that it did not. */
  nextIndex: number;
  /** All up to here is on its disk, for sure: it said so in this term. */
  matchIndex: number;
  /** It is not known yet where both logs agree: until a success says so, there is no use in sending entries. */
  probing: boolean;
}

/** So many entries may be on their way to a follower, not acknowledged yet; whoever is silent gets heartbeats. */
const MOST_IN_FLIGHT = 1024;

/** One call carries at most so many. */
const MOST_IN_A_CALL = 256;

/** What a follower adds to a refusal, so that one call goes back by a term instead of an entry (§5.3). */
type Conflict = {
  /** The term of its entry at prevLogIndex; null if its log is shorter. */
  readonly term: number | null;
  /** The first entry of that term; or where its log ends, plus one. */
  readonly index: number;
};

/** The followers as their leader sees them, made anew for each term that it leads. */
export class Followers {
  private readonly all: Map<ServerId, Progress>;

  constructor(peers: readonly ServerId[] = [], lastLogIndex = 0) {
    const fresh = { nextIndex: lastLogIndex + 1, matchIndex: 0, probing: true };
    this.all = new Map(peers.map((peer) => [peer, { ...fresh }]));
  }

  /** @throws Error for a server that is not in the cluster */
  get(peer: ServerId): Readonly<Progress> {
    return this.progress(peer);
  }

  /** How many entries it may be sent now. */
  room(peer: ServerId): number {
    const { nextIndex, matchIndex, probing } = this.progress(peer);
    if (probing) return 0;
    const left = matchIndex + MOST_IN_FLIGHT - (nextIndex - 1);
    return Math.max(0, Math.min(left, MOST_IN_A_CALL));
  }

  /** All up to `index` was sent. */
  sent(peer: ServerId, index: number): void {
    this.progress(peer).nextIndex = index + 1;
  }

  /** It holds all entries up to `index`. An answer may be older than another: nothing goes back. */
  holds(peer: ServerId, index: number): void {
    const progress = this.progress(peer);
    progress.matchIndex = Math.max(progress.matchIndex, index);
    progress.nextIndex = Math.max(progress.nextIndex, progress.matchIndex + 1);
    progress.probing = false;
  }

  /**
   * It does not have the entry before those that were sent: goes back to where both logs may agree.
   *
   * @returns false for an answer to a call that no longer matters
   */
  backUp(
    peer: ServerId,
    { prevLogIndex }: AppendEntriesRequest,
    hint: PlainData | undefined,
    log: Log,
  ): boolean {
    const progress = this.progress(peer);
    if (prevLogIndex <= progress.matchIndex || prevLogIndex >= progress.nextIndex) return false;
    const { term, index } = (hint ?? { term: null, index: prevLogIndex }) as Conflict;
    const own = term === null ? undefined : log.lastOfTerm(term, prevLogIndex);
    const next = own === undefined ? index : own + 1;
    progress.nextIndex = Math.max(progress.matchIndex + 1, Math.min(next, prevLogIndex));
    progress.probing = true;
    return true;
  }

  /** The highest index that a majority holds, the leader with its `lastLogIndex` included. */
  heldByMajority(lastLogIndex: number): number {
    const held = [...this.all.values()].map(({ matchIndex }) => matchIndex).concat(lastLogIndex);
    return held.sort((a, b) => b - a)[Math.floor(held.length / 2)] ?? 0;
  }

  private progress(peer: ServerId): Progress {
    const progress = this.all.get(peer);
    if (progress === undefined) throw new Error(`server ${peer} is not a follower`);
    return progress;
  }
}

/** What {@link Followers.backUp} needs to know of the log that refused. */
export function conflictAt(log: Log, prevLogIndex: number): Conflict {
  const term = log.termAt(prevLogIndex);
  if (term === undefined) return { term: null, index: log.lastIndex + 1 };
  return { term, index: log.firstOfTermAt(prevLogIndex) };
}
