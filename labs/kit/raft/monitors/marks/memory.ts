import type { CallId, PlainData, ServerId } from "../../../program";
import type { AppendEntriesRequest, RaftState } from "../../messages";
import { baseOf } from "../../state";
import type { MarkId } from "./list";

/** A request that a server has not answered yet, and how things stood when it came. */
export interface Open {
  readonly method: string;
  readonly request: PlainData;
  readonly disk: RaftState | undefined;
  /** The last entry that the server had applied in this life. */
  readonly applied: number;
}

/** A follower, as its leader has heard of it in one term. */
export interface Follower {
  /** It has said that it holds all up to here. */
  match: number;
  /** The first and the last entry that are on their way to it, or lost; none if `first` is beyond `sent`. */
  first: number;
  sent: number;
  /** The prevLogIndex that it refused, until the next call. */
  refused: number | undefined;
}

/** A question that a server's service has asked, and how things stood then. */
export interface AskedRead {
  /** Virtual ms. */
  readonly at: number;
  /** A lease would do, and there are leases. */
  readonly lease: boolean;
  /** The term that the server led; 0 if none. */
  readonly leads: number;
  /** No entry of that term was applied yet. */
  readonly early: boolean;
}

/** What is known of one server. */
export interface ServerMemory {
  // Of all its lives.
  /** The last entry that it applied in any earlier life. */
  appliedBefore: number;
  /** It led when its last life ended. */
  wasLeader: boolean;
  // Of its present life.
  readonly open: Map<CallId, Open>;
  /** The request that is being handled, if it was not answered yet. */
  handling: CallId | undefined;
  /** Something was saved in the present handler. */
  saved: boolean;
  /** The last term in which it asked for votes. */
  asked: number;
  /** The term that it leads; 0 if none. */
  leads: number;
  followers: Map<ServerId, Follower>;
  applied: number;
  /** The term of that entry. */
  appliedTerm: number;
  /** How far it knows from leaders that entries are committed. */
  heardCommit: number;
  /** The last index for which its service handed it a snapshot. */
  offered: number;
  /** The last index of the snapshot on its disk. */
  base: number;
  /** Leases are on. */
  readonly leases: boolean;
  /** It has answered a leader in that leader's term. */
  heardLeader: boolean;
  readonly reads: Map<number, AskedRead>;
  /** In the present handler: how many reads it has answered as leader, and whether it has given one up. */
  answered: number;
  gaveUp: boolean;
}

/** All that coverage remembers. */
export interface State {
  readonly marks: Set<MarkId>;
  readonly servers: Map<ServerId, ServerMemory>;
  /** Who asked for votes in a term. */
  readonly candidates: Map<number, Set<ServerId>>;
  /** Who led a term. */
  readonly leaders: Map<number, ServerId>;
  /** The highest leaderCommit that was sent. */
  commit: number;
}

/** Nothing has happened yet. */
export function emptyState(): State {
  return { marks: new Set(), servers: new Map(), candidates: new Map(), leaders: new Map(), commit: 0 };
}

/** A new life. */
export function born(
  before: ServerMemory | undefined,
  disk: RaftState | undefined,
  leases: boolean,
): ServerMemory {
  return {
    appliedBefore: Math.max(before?.appliedBefore ?? 0, before?.applied ?? 0),
    wasLeader: before !== undefined && before.leads > 0,
    open: new Map(),
    handling: undefined,
    saved: false,
    asked: 0,
    leads: 0,
    followers: new Map(),
    applied: 0,
    appliedTerm: 0,
    heardCommit: 0,
    offered: 0,
    base: baseOf(disk),
    leases,
    heardLeader: false,
    reads: new Map(),
    answered: 0,
    gaveUp: false,
  };
}

/** The last index that a call speaks of. */
export function endOfCall({ prevLogIndex, entries }: AppendEntriesRequest): number {
  return prevLogIndex + entries.length;
}
