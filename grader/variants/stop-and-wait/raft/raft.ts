/* eslint-disable max-lines -- a program as a student may well write it: nearly all in one file */
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  Compacting,
  Handlers,
  InstallSnapshotReply,
  InstallSnapshotRequest,
  PlainData,
  PreVoteProtocol,
  PreVoteReply,
  PreVoteRequest,
  Proposal,
  Proposing,
  RaftContext,
  RaftProgram,
  RaftState,
  RaftStatus,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
} from "@labs/kit";

import { Log } from "./log";

/** A leader sends heartbeats this often: ten a second to each follower (ms). */
const HEARTBEAT_MS = 100;

/** Election timeouts come from this range: heartbeats may get lost, and two draws rarely meet (§5.2). */
const ELECTION_MS = { min: 400, max: 800 };

/** A snapshot is not sent more often to one follower (ms). */
const SNAPSHOT_MS = 250;

/** One call carries at most so many entries. */
const BATCH = 256;

/** What a leader knows of a follower. In step: nextIndex is matchIndex + 1; else it is a guess, to be asked about. */
type Progress = {
  nextIndex: number;
  matchIndex: number;
  /** Until then (own clock) a question or a batch is under way, and nothing but heartbeats follows it. */
  quietUntil: number;
  /** When it may be sent a snapshot again, should it still refuse. */
  snapshotFrom: number;
};

/** Added to a refusal: the term that the follower has there, and where it begins; or 0 and where its log ends. */
type Hint = { term: number; first: number };

function isHint(hint: PlainData | undefined): hint is Hint {
  const { term, first } = (hint ?? {}) as Partial<Hint>;
  return typeof term === "number" && typeof first === "number";
}

/** To the paper a pre-candidate is a follower still: it asks around before it campaigns (thesis, §9.6). */
type Role = "follower" | "preCandidate" | "candidate" | "leader";

/**
 * Leader election of Raft: Figure 2, §5.1, §5.2 and the voting rule of §5.4.1, with the paper's names. The
 * challenge adds pre-vote and check-quorum, each switched on by `ctx.options`.
 */
export class Raft implements RaftProgram, Proposing, Compacting, Handlers<PreVoteProtocol> {
  // Persistent state (Figure 2).
  private currentTerm = 0;
  private votedFor: ServerId | null = null;
  private log = new Log();

  // Volatile state.
  private commitIndex = 0;
  private lastApplied = 0;
  /** As leader of currentTerm. */
  private progress = new Map<ServerId, Progress>();
  private role: Role = "follower";
  /** Who votes for this server in its present round; a set, because a reply may arrive twice. */
  private votes = new Set<ServerId>();
  /** When this server last heard a leader, on its own clock. */
  private leaderHeardAt: number | null = null;
  /** As leader: who has answered since the quorum was last checked. */
  private responders = new Set<ServerId>();

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    if (saved !== undefined) {
      this.currentTerm = saved.currentTerm;
      this.votedFor = saved.votedFor;
      this.log = new Log(saved.log, saved.snapshot);
      this.restoreSnapshot();
    }
    this.restartElectionTimer();
  }

  status(): RaftStatus {
    return { term: this.currentTerm, isLeader: this.role === "leader" };
  }

  // ------------------------------------------------------------------------------------------------ Timers

  timer(name: string): void {
    switch (name) {
      case "election":
        return this.ctx.options.preVote ? this.askForPreVotes() : this.campaign();
      case "heartbeat":
        return this.sendHeartbeats();
      case "flush":
        return this.flush();
      case "quorum":
        return this.checkQuorum();
    }
  }

  /** Each election gets a timeout of its own, so that a split vote is not repeated for ever (§5.2). */
  private restartElectionTimer(): void {
    const { min, max } = ELECTION_MS;
    this.ctx.setTimer("election", min + this.ctx.random() * (max - min));
  }

  // --------------------------------------------------------------------------------------------- Elections

  /** Starts an election (§5.2): a new term, the own vote, and a request to everybody else. */
  private campaign(): void {
    this.role = "candidate";
    this.currentTerm += 1;
    this.votedFor = this.ctx.id;
    this.persist();
    this.ctx.note(`campaigns in term ${this.currentTerm}`);
    this.restartElectionTimer();
    this.votes = new Set([this.ctx.id]);
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "requestVote", this.candidacy(this.currentTerm));
    }
    if (this.isMajority(this.votes)) this.becomeLeader(); // a cluster of one
  }

  requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply {
    // A server that hears a live leader must not be disturbed: not even its term changes (thesis, §4.2.3).
    const { checkQuorum } = this.ctx.options;
    if (checkQuorum && this.hearsLeader()) return { term: this.currentTerm, voteGranted: false };
    if (request.term > this.currentTerm) this.becomeFollower(request.term);
    const voteGranted = this.mayVoteFor(request);
    if (voteGranted) {
      this.role = "follower"; // it may have been asking for pre-votes itself
      this.votedFor = request.candidateId;
      this.persist(); // before the answer leaves: a vote must survive a crash
      this.restartElectionTimer();
    }
    return { term: this.currentTerm, voteGranted };
  }

  /** First come, first served, one vote a term (§5.2), and only for a log that misses nothing (§5.4.1). */
  private mayVoteFor(request: RequestVoteRequest): boolean {
    if (request.term < this.currentTerm) return false;
    if (this.votedFor !== null && this.votedFor !== request.candidateId) return false;
    return this.isUpToDate(request);
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);
    if (this.role !== "candidate" || request.term !== this.currentTerm) return; // an earlier election
    if (!reply.voteGranted) return;
    this.votes.add(from);
    if (this.isMajority(this.votes)) this.becomeLeader();
  }

  private becomeLeader(): void {
    this.role = "leader";
    this.ctx.note(`leads term ${this.currentTerm}`);
    this.ctx.cancelTimer("election");
    this.progress = new Map();
    for (const peer of this.ctx.peers) {
      this.progress.set(peer, {
        nextIndex: this.log.last + 1,
        matchIndex: 0,
        quietUntil: -Infinity,
        snapshotFrom: -Infinity,
      });
    }
    this.sendHeartbeats(); // at once, so that nobody else campaigns (§5.2)
    if (this.ctx.options.checkQuorum) this.expectQuorum();
    this.ctx.leadership(this.currentTerm, true);
  }

  /** A higher term, or a leader of the own term, ends whatever this server was (§5.1, §5.2). */
  private becomeFollower(term: number): void {
    if (this.role === "leader") this.resign();
    this.role = "follower";
    if (term > this.currentTerm) {
      this.currentTerm = term;
      this.votedFor = null;
      this.persist();
    }
  }

  private resign(): void {
    this.ctx.note(`no longer leads term ${this.currentTerm}`);
    this.ctx.cancelTimer("heartbeat");
    this.ctx.cancelTimer("flush");
    this.ctx.cancelTimer("quorum");
    this.progress = new Map();
    this.restartElectionTimer(); // a leader has none
    this.ctx.leadership(this.currentTerm, false);
  }

  // -------------------------------------------------------------------------------------------- Heartbeats

  private sendHeartbeats(): void {
    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);
    for (const [peer, follower] of this.progress) {
      // Whatever got no answer for as long as a heartbeat takes is asked or sent again.
      if (!this.feed(peer, follower)) this.sendEntries(peer, this.before(follower), 0);
    }
  }

  /** prevLogIndex. Whoever needs entries that are gone is asked for the snapshot's last: is it there after all? */
  private before(follower: Progress): number {
    return Math.max(follower.nextIndex - 1, this.log.offset);
  }

  /** Sends what moves this follower on: a question if nobody knows where to begin, else entries. */
  private feed(peer: ServerId, follower: Progress): boolean {
    const { nextIndex, matchIndex, quietUntil } = follower;
    if (this.ctx.now() < quietUntil) return false;
    if (nextIndex <= this.log.offset) return false; // it gets a snapshot, when it answers
    const inStep = nextIndex === matchIndex + 1;
    if (inStep && nextIndex > this.log.last) return false;
    follower.quietUntil = this.ctx.now() + HEARTBEAT_MS;
    this.sendEntries(peer, nextIndex - 1, inStep ? BATCH : 0);
    return true;
  }

  private sendEntries(peer: ServerId, prevLogIndex: number, max: number): void {
    const prevLogTerm = this.log.termAt(prevLogIndex);
    if (prevLogTerm === undefined) throw new Error(`no term for entry ${prevLogIndex}`);
    this.ctx.call(peer, "appendEntries", {
      term: this.currentTerm,
      leaderId: this.ctx.id,
      prevLogIndex,
      prevLogTerm,
      entries: this.log.from(prevLogIndex + 1, max),
      leaderCommit: this.commitIndex,
    });
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };
    this.hearLeader(request.term);
    const { leaderCommit } = request;
    let { prevLogIndex, prevLogTerm, entries } = request;
    const covered = this.log.offset - prevLogIndex;
    if (covered > 0) {
      // The snapshot has that entry, and it is committed. What follows the snapshot counts.
      if (entries.length < covered) return { term: this.currentTerm, success: true };
      entries = entries.slice(covered);
      prevLogIndex = this.log.offset;
      prevLogTerm = this.log.termAt(prevLogIndex) as number;
    }
    if (this.log.termAt(prevLogIndex) !== prevLogTerm) {
      return { term: this.currentTerm, success: false, hint: this.whereToLook(prevLogIndex) };
    }
    const known = entries.findIndex((entry, i) => this.log.termAt(prevLogIndex + 1 + i) !== entry.term);
    if (known >= 0) {
      if (this.log.last > prevLogIndex + known) this.log.cut(prevLogIndex + known + 1);
      this.log.push(...entries.slice(known));
      this.persist();
    }
    this.commit(Math.min(leaderCommit, prevLogIndex + entries.length));
    return { term: this.currentTerm, success: true };
  }

  private hearLeader(term: number): void {
    this.becomeFollower(term);
    this.leaderHeardAt = this.ctx.now();
    this.restartElectionTimer();
  }

  /** For a refusal: the term that stands at `index` and where it begins, or where the log ends. */
  private whereToLook(index: number): Hint {
    if (index > this.log.last) return { term: 0, first: this.log.last + 1 };
    return { term: this.log.termAt(index) as number, first: this.log.startOfTerm(index) };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);
    const follower = this.progress.get(from);
    if (follower === undefined || request.term !== this.currentTerm) return; // sent in an earlier term
    this.responders.add(from);
    if (reply.success) this.holds(from, follower, request.prevLogIndex + request.entries.length);
    else this.lookElsewhere(from, follower, request.prevLogIndex, reply.hint);
  }

  /** The follower has everything up to `index`. Late answers and copies say nothing new. */
  private holds(peer: ServerId, follower: Progress, index: number): void {
    if (index <= follower.matchIndex && follower.nextIndex === follower.matchIndex + 1) return;
    follower.matchIndex = Math.max(follower.matchIndex, index);
    follower.nextIndex = follower.matchIndex + 1;
    follower.quietUntil = -Infinity;
    this.count();
    this.feed(peer, follower);
  }

  private lookElsewhere(
    peer: ServerId,
    follower: Progress,
    refused: number,
    hint: PlainData | undefined,
  ): void {
    if (refused <= follower.matchIndex) return; // it has come further since
    const guess = isHint(hint) ? this.guess(hint, refused) : Math.floor(refused / 2);
    const nextIndex = Math.max(follower.matchIndex, Math.min(guess, refused - 1)) + 1;
    if (nextIndex < follower.nextIndex) {
      follower.nextIndex = nextIndex;
      follower.quietUntil = -Infinity;
    }
    if (follower.nextIndex <= this.log.offset) this.sendSnapshot(peer, follower);
    else this.feed(peer, follower);
  }

  /** The last entry that may be the same here and there: both have it in the same term, or the follower ends there. */
  private guess({ term, first }: Hint, refused: number): number {
    if (term === 0) return first - 1;
    return this.log.endOfTerm(term, refused - 1) ?? first - 1;
  }

  /** A refusal proves that the follower is there, and lacks it: so nobody who is away is sent one. */
  private sendSnapshot(peer: ServerId, follower: Progress): void {
    const { snapshot } = this.log;
    if (snapshot === null || this.ctx.now() < follower.snapshotFrom) return;
    follower.snapshotFrom = this.ctx.now() + SNAPSHOT_MS;
    this.ctx.call(peer, "installSnapshot", { term: this.currentTerm, leaderId: this.ctx.id, ...snapshot });
  }

  /** Commits what a majority has, if the last of it is of this term (§5.4.2). */
  private count(): void {
    const held = [this.log.last, ...[...this.progress.values()].map((f) => f.matchIndex)].sort(
      (a, b) => b - a,
    );
    const index = held[Math.floor(held.length / 2)] as number;
    if (this.log.termAt(index) === this.currentTerm) this.commit(index);
  }

  /** Hands the service the state that the log begins with. */
  private restoreSnapshot(): void {
    const { snapshot } = this.log;
    if (snapshot === null) return;
    this.commitIndex = this.lastApplied = snapshot.lastIncludedIndex;
    this.ctx.restore(snapshot.lastIncludedIndex, snapshot.lastIncludedTerm, snapshot.data);
  }

  private commit(index: number): void {
    this.commitIndex = Math.max(this.commitIndex, index);
    while (this.lastApplied < this.commitIndex) {
      this.lastApplied += 1;
      const { term, command } = this.log.get(this.lastApplied);
      this.ctx.apply(this.lastApplied, term, command);
    }
  }

  // --------------------------------------------------------------------------------- Lab 2: log replication

  /** The service above wants `command` in the log. */
  propose(command: PlainData): Proposal | undefined {
    if (this.role !== "leader") return undefined;
    this.log.push({ term: this.currentTerm, command });
    this.persist();
    this.ctx.setTimer("flush", 0);
    return { index: this.log.last, term: this.currentTerm };
  }

  private flush(): void {
    for (const [peer, follower] of this.progress) this.feed(peer, follower);
    if (this.ctx.peers.length === 0) this.count();
  }

  // ---------------------------------------------------------------------------------------- Lab 4: snapshots

  /** The service keeps its state after entry `index` in `data`: the log up to there may go. */
  snapshot(index: number, data: PlainData): void {
    const term = this.log.termAt(index);
    if (index <= this.log.offset || term === undefined) return; // a later one is here
    this.log.replaceBy(index, term, data);
    this.persist();
  }

  /** A leader sends its snapshot, since its log no longer has the entries that this server lacks. */
  installSnapshot(_from: ServerId, request: InstallSnapshotRequest): InstallSnapshotReply {
    if (request.term < this.currentTerm) return { term: this.currentTerm };
    this.hearLeader(request.term);
    if (request.lastIncludedIndex > this.commitIndex) {
      this.log.replaceBy(request.lastIncludedIndex, request.lastIncludedTerm, request.data);
      this.persist();
      this.restoreSnapshot();
    }
    return { term: this.currentTerm };
  }

  /** The answer to a snapshot that this server sent. */
  installSnapshotReply(from: ServerId, reply: InstallSnapshotReply, request: InstallSnapshotRequest): void {
    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);
    const follower = this.progress.get(from);
    if (follower === undefined || request.term !== this.currentTerm) return;
    this.responders.add(from);
    this.holds(from, follower, request.lastIncludedIndex);
  }

  // ------------------------------------------------------------------- Challenge: pre-vote and check-quorum

  /** Would a majority vote for this server? Only then does it raise its term (thesis, §9.6). */
  private askForPreVotes(): void {
    this.role = "preCandidate";
    this.restartElectionTimer();
    this.votes = new Set([this.ctx.id]);
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "preVote", this.candidacy(this.currentTerm + 1));
    }
    if (this.isMajority(this.votes)) this.campaign(); // a cluster of one
  }

  /** A pre-vote is an opinion: it changes nothing here, so nothing is saved, and many may get one. */
  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    const voteGranted = request.term > this.currentTerm && this.isUpToDate(request) && !this.hearsLeader();
    return { term: this.currentTerm, voteGranted };
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    // Whoever lags behind learns the term of the others here, or no round of its own would ever be granted.
    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);
    if (this.role !== "preCandidate" || request.term !== this.currentTerm + 1) return; // an earlier round
    if (!reply.voteGranted) return;
    this.votes.add(from);
    if (this.isMajority(this.votes)) this.campaign();
  }

  /** True while a leader is known to be alive: it is this server, or it was heard a moment ago. */
  private hearsLeader(): boolean {
    if (this.role === "leader") return true;
    const window = this.ctx.options.minElectionTimeout ?? ELECTION_MS.min;
    return this.leaderHeardAt !== null && this.ctx.now() - this.leaderHeardAt < window;
  }

  private expectQuorum(): void {
    this.responders = new Set([this.ctx.id]);
    this.ctx.setTimer("quorum", ELECTION_MS.max);
  }

  /** A leader that no majority answers for an election timeout makes room for another (thesis, §6.2). */
  private checkQuorum(): void {
    if (this.isMajority(this.responders)) this.expectQuorum();
    else this.becomeFollower(this.currentTerm);
  }

  // ----------------------------------------------------------------------------------------------- Helpers

  private persist(): void {
    const { currentTerm, votedFor, log } = this;
    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });
  }

  /** More than half of the cluster, itself included; with four servers that is three. */
  private isMajority(servers: ReadonlySet<ServerId>): boolean {
    return servers.size > (this.ctx.peers.length + 1) / 2;
  }

  private candidacy(term: number): RequestVoteRequest {
    return {
      term,
      candidateId: this.ctx.id,
      lastLogIndex: this.log.last,
      lastLogTerm: this.log.lastTerm,
    };
  }

  /** The later last term wins; with equal terms the longer log, and an equal one will do (§5.4.1). */
  private isUpToDate(candidate: RequestVoteRequest): boolean {
    if (candidate.lastLogTerm !== this.log.lastTerm) return candidate.lastLogTerm > this.log.lastTerm;
    return candidate.lastLogIndex >= this.log.last;
  }
}
