import type { Context } from "../program/context";
import type { PlainData } from "../program/plain";
import type { Handlers, Program, ServerId } from "../program/protocol";

/** One entry of the log (Figure 2): the command and the term in which the leader received it. */
export type LogEntry = {
  readonly term: number;
  readonly command: PlainData;
};

/** Arguments of the RequestVote RPC (Raft paper, Figure 2). */
export type RequestVoteRequest = {
  /** The candidate's term. */
  readonly term: number;
  readonly candidateId: ServerId;
  /** Index of the candidate's last log entry; 0 for an empty log. */
  readonly lastLogIndex: number;
  /** Term of the candidate's last log entry; 0 for an empty log. */
  readonly lastLogTerm: number;
  /** Whatever you want to add; no examiner reads it. */
  readonly hint?: PlainData;
};

/** Results of the RequestVote RPC (Figure 2). */
export type RequestVoteReply = {
  /** currentTerm of the voter, for the candidate to update itself. */
  readonly term: number;
  readonly voteGranted: boolean;
  readonly hint?: PlainData;
};

/** Arguments of the AppendEntries RPC (Figure 2); with no entries it is a heartbeat. */
export type AppendEntriesRequest = {
  /** The leader's term. */
  readonly term: number;
  readonly leaderId: ServerId;
  /** Index of the entry just before the new ones; 0 if there is none. */
  readonly prevLogIndex: number;
  /** Term of that entry; 0 if there is none. */
  readonly prevLogTerm: number;
  readonly entries: readonly LogEntry[];
  /** The leader's commitIndex. */
  readonly leaderCommit: number;
  readonly hint?: PlainData;
};

/** Results of the AppendEntries RPC (Figure 2). */
export type AppendEntriesReply = {
  readonly term: number;
  /**
   * True if the log held the entry at prevLogIndex with prevLogTerm, and (from Lab 2 on) all entries sent are on the
   * disk.
   */
  readonly success: boolean;
  readonly hint?: PlainData;
};

/** Arguments of PreVote (thesis, §9.6): would you vote for me in `term`? Nobody's term changes by asking. */
export type PreVoteRequest = {
  /** The term the candidate would campaign in: its currentTerm + 1. */
  readonly term: number;
  readonly candidateId: ServerId;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
  readonly hint?: PlainData;
};

/** Results of PreVote. */
export type PreVoteReply = {
  /** currentTerm of the voter. */
  readonly term: number;
  readonly voteGranted: boolean;
  readonly hint?: PlainData;
};

/** Arguments of the InstallSnapshot RPC (Figure 13), with the whole snapshot in one call. */
export type InstallSnapshotRequest = {
  /** The leader's term. */
  readonly term: number;
  readonly leaderId: ServerId;
  /** The snapshot replaces all entries up to this index, and that one. */
  readonly lastIncludedIndex: number;
  /** Term of that entry. */
  readonly lastIncludedTerm: number;
  /** The state of the service after that entry. */
  readonly data: PlainData;
  readonly hint?: PlainData;
};

/**
 * Results of the InstallSnapshot RPC (Figure 13). With the term of the request it says: all that the snapshot covers is on
 * this server's disk.
 */
export type InstallSnapshotReply = {
  readonly term: number;
  readonly hint?: PlainData;
};

/** Arguments of RequestReadIndex: a follower asks its leader how far a read must be (thesis, §6.4). */
export type ReadIndexRequest = {
  /** The follower's term. */
  readonly term: number;
  /** Whether the leader may answer from its lease, if it has one. */
  readonly lease: boolean;
  readonly hint?: PlainData;
};

/** Results of RequestReadIndex. */
export type ReadIndexReply = {
  readonly term: number;
  /** All that was committed when the leader got the request lies at or before this index; null if it could not tell. */
  readonly index: number | null;
  readonly hint?: PlainData;
};

/** The messages that every Raft server of the base labs exchanges. */
export type RaftProtocol = {
  requestVote: { request: RequestVoteRequest; reply: RequestVoteReply };
  appendEntries: { request: AppendEntriesRequest; reply: AppendEntriesReply };
};

/** The optional message of the Lab 1 challenge. */
export type PreVoteProtocol = {
  preVote: { request: PreVoteRequest; reply: PreVoteReply };
};

/** The message of Lab 4. */
export type SnapshotProtocol = {
  installSnapshot: { request: InstallSnapshotRequest; reply: InstallSnapshotReply };
};

/** The message of Lab 5. */
export type ReadProtocol = {
  requestReadIndex: { request: ReadIndexRequest; reply: ReadIndexReply };
};

/** What a snapshot remembers of the entries it replaced (Figure 13). */
export type Snapshot = {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly data: PlainData;
};

/** What a Raft server saves: Figure 2's persistent state. `log[0]` is entry `lastIncludedIndex + 1`, or entry 1. */
export type RaftState = {
  readonly currentTerm: number;
  readonly votedFor: ServerId | null;
  readonly log: readonly LogEntry[];
  readonly snapshot: Snapshot | null;
  /** Whatever else you want to keep. */
  readonly extra?: PlainData;
};

/** What a Raft server says of itself. The harness asks; no examiner trusts it. */
export type RaftStatus = {
  readonly term: number;
  readonly isLeader: boolean;
  /** Who leads that term, if this server has heard from it, or is it; the service tells it to clients (Lab 5). */
  readonly leader?: ServerId;
};

/** Where a leader has put a command: it is committed if the entry of that index and term is applied. */
export type Proposal = {
  readonly index: number;
  readonly term: number;
};

/** The context of a Raft server: {@link Context} and the verbs towards the service above it. */
export interface RaftContext extends Context<
  RaftProtocol & PreVoteProtocol & SnapshotProtocol & ReadProtocol,
  RaftState
> {
  /**
   * Hands a committed entry to the service (Figure 2, all servers). In each life: in the order of the indices,
   * from 1 or from what was restored, without a hole and without a repeat.
   */
  apply(index: number, term: number, command: PlainData): void;
  /**
   * Hands the service the state that a snapshot holds, instead of all entries up to `index`: first of all
   * after a boot with a snapshot, and when one is installed.
   */
  restore(index: number, term: number, data: PlainData): void;
  /** Tells the service above that this server became, or ceased to be, leader of `term`. Optional in Labs 1-4. */
  leadership(term: number, isLeader: boolean): void;
  /**
   * Answers {@link Reading.readIndex} (Lab 5): once the service has applied entry `index`, it may answer the read. Without an
   * index: it could not be found out, and the read must be tried anew.
   */
  readReady(token: number, index?: number): void;
}

/** A Raft server of Lab 1. It is built with `new Raft(ctx, saved)`. */
export interface RaftProgram extends Program<RaftProtocol> {
  /** Changes nothing and has no effects. */
  status(): RaftStatus;
}

/** What Lab 2 adds. */
export interface Proposing {
  /**
   * The service wants `command` in the log. A leader appends it and says where; all others return undefined. The
   * answer is no promise: the entry may be lost with the leader.
   */
  propose(command: PlainData): Proposal | undefined;
}

/** What Lab 4 adds. */
export interface Compacting extends Handlers<SnapshotProtocol> {
  /**
   * The service has saved its state, as it was after entry `index`, in `data`: the log up to there is no longer
   * needed (§7). It comes as an input of its own, at any time after that entry was applied.
   */
  snapshot(index: number, data: PlainData): void;
}

/** What Lab 5 adds. */
export interface Reading extends Handlers<ReadProtocol> {
  /**
   * The service wants to read without writing to the log (thesis, §6.4): how far must it have applied the log, so that it sees all
   * that was acknowledged before this call? The answer is `ctx.readReady(token, index)`, at once or later; each
   * token is answered once at most. A follower asks its leader.
   *
   * @param token - names the question; the service chooses it, unique in this life
   * @param lease - whether a leader's lease is good enough (only with `ctx.options.lease`); otherwise leadership must be confirmed
   *   by a round of messages that were sent after this call
   */
  readIndex(token: number, lease: boolean): void;
}
