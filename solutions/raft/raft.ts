import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
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
  Reading,
  ReadIndexReply,
  ReadIndexRequest,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
  Snapshot,
} from "@labs/kit";
import { conflictAt, Followers } from "./followers";
import { Log } from "./log";
import { Reads, type Asker } from "./reads";

/** A leader sends heartbeats this often: ten a second to each follower (ms). */
const HEARTBEAT_MS = 100;

/** Election timeouts come from this range: heartbeats may get lost, and two draws rarely meet (§5.2). */
const ELECTION_MS = { min: 400, max: 800 };

/** To the paper a pre-candidate is a follower still: it asks around before it campaigns (thesis, §9.6). */
type Role = "follower" | "preCandidate" | "candidate" | "leader";

/**
 * Raft with the paper's names: elections (§5.2, §5.4.1), log replication (§5.3, §5.4.2), snapshots (§7), and reads
 * that write nothing (thesis, §6.4). Pre-vote and check-quorum, the challenge of Lab 1, and leases are each switched on
 * by `ctx.options`.
 */
export class Raft implements RaftProgram, Proposing, Compacting, Reading, Handlers<PreVoteProtocol> {
  // Persistent state (Figure 2).
  private currentTerm = 0;
  private votedFor: ServerId | null = null;
  private readonly log: Log;

  // Volatile state.
  private role: Role = "follower";
  private commitIndex = 0;
  private lastApplied = 0;
  /** As leader: how far each follower is. */
  private followers = new Followers();
  /** Who votes for this server in its present round; a set, because a reply may arrive twice. */
  private votes = new Set<ServerId>();
  /** When this server last heard a leader, on its own clock. */
  private leaderHeardAt: number | null = null;
  /** Who that was, and of which term. */
  private leader: { readonly id: ServerId; readonly term: number } | null = null;
  /** As leader: who has answered since the quorum was last checked. */
  private responders = new Set<ServerId>();
  private readonly reads: Reads;

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.reads = new Reads(ctx, ctx.options.minElectionTimeout ?? ELECTION_MS.min);
    if (ctx.options.lease) this.leaderHeardAt = ctx.now(); // it may have heard one just before it crashed
    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);
    if (saved !== undefined) {
      this.currentTerm = saved.currentTerm;
      this.votedFor = saved.votedFor;
      if (saved.snapshot !== null) this.restoreService(saved.snapshot);
    }
    this.restartElectionTimer();
  }

  status(): RaftStatus {
    const status = { term: this.currentTerm, isLeader: this.role === "leader" };
    return this.leader?.term === this.currentTerm ? { ...status, leader: this.leader.id } : status;
  }

  // ------------------------------------------------------------------------------------------------ Timers

  timer(name: string): void {
    switch (name) {
      case "election":
        return this.ctx.options.preVote ? this.askForPreVotes() : this.campaign();
      case "heartbeat":
      case "round":
        return this.sendHeartbeats();
      case "flush":
        return this.replicate();
      case "quorum":
        return this.checkQuorum();
      case "reads":
        return this.reads.expire(this.currentTerm);
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
    // A server that hears a live leader must not be disturbed: not even its term changes (thesis, §4.2.3). That is also
    // the promise on which a lease stands.
    const { checkQuorum, lease } = this.ctx.options;
    if ((checkQuorum || lease) && this.hearsLeader()) return { term: this.currentTerm, voteGranted: false };
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
    return this.log.isCoveredBy(request);
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
    this.followers = new Followers(this.ctx.peers, this.log.lastIndex); // nothing of an earlier term counts
    this.reads.lead();
    this.sendHeartbeats(); // at once, so that nobody else campaigns (§5.2)
    if (this.ctx.options.checkQuorum || this.ctx.options.lease) this.expectQuorum();
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

  /** The leader of a term was heard. */
  private follow({ term, leaderId }: Pick<AppendEntriesRequest, "term" | "leaderId">): void {
    this.becomeFollower(term);
    this.leaderHeardAt = this.ctx.now();
    this.restartElectionTimer();
    this.leader = { id: leaderId, term };
  }

  private resign(): void {
    this.ctx.note(`no longer leads term ${this.currentTerm}`);
    this.ctx.cancelTimer("heartbeat");
    this.ctx.cancelTimer("flush");
    this.ctx.cancelTimer("quorum");
    this.ctx.cancelTimer("round");
    this.reads.giveUp(this.currentTerm);
    this.restartElectionTimer(); // a leader has none
    this.ctx.leadership(this.currentTerm, false);
  }

  // --------------------------------------------------------------------------------------- Log replication

  propose(command: PlainData): Proposal | undefined {
    if (this.role !== "leader") return undefined;
    this.log.append({ term: this.currentTerm, command });
    this.persist();
    this.ctx.setTimer("flush", 0); // what is proposed at one instant goes out in one call
    return { index: this.log.lastIndex, term: this.currentTerm };
  }

  private replicate(): void {
    for (const peer of this.ctx.peers) {
      if (this.followers.room(peer) > 0) this.sendTo(peer);
    }
    this.advanceCommitIndex(); // a cluster of one
  }

  private sendHeartbeats(): void {
    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);
    for (const peer of this.ctx.peers) this.sendTo(peer);
  }

  /** What `peer` has not been sent yet, or a heartbeat: its check at prevLogIndex shows what got lost (§5.3). */
  private sendTo(peer: ServerId): void {
    const { nextIndex } = this.followers.get(peer);
    if (nextIndex <= this.log.baseIndex) return this.sendSnapshot(peer);
    const prevLogIndex = nextIndex - 1;
    const entries = this.log.from(nextIndex, this.followers.room(peer));
    this.followers.sent(peer, prevLogIndex + entries.length);
    this.ctx.call(peer, "appendEntries", {
      term: this.currentTerm,
      leaderId: this.ctx.id,
      prevLogIndex,
      prevLogTerm: this.log.termAt(prevLogIndex) ?? 0,
      entries,
      leaderCommit: this.commitIndex,
      ...this.reads.stamp(),
    });
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };
    this.follow(request);
    // What a snapshot covers is committed, so it matches.
    const covered = Math.max(0, this.log.baseIndex - request.prevLogIndex);
    const prevLogIndex = request.prevLogIndex + covered;
    if (covered === 0 && this.log.termAt(prevLogIndex) !== request.prevLogTerm) {
      return { term: this.currentTerm, success: false, hint: conflictAt(this.log, prevLogIndex) };
    }
    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();
    const lastNewIndex = request.prevLogIndex + request.entries.length;
    this.commitUpTo(Math.min(request.leaderCommit, lastNewIndex)); // what follows may still be wrong
    return { term: this.currentTerm, success: true };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (!this.stillLeads(from, reply.term, request.term)) return;
    this.confirm(from, request.hint);
    if (reply.success) {
      this.followerHolds(from, request.prevLogIndex + request.entries.length);
    } else if (this.followers.backUp(from, request, reply.hint, this.log)) {
      this.sendTo(from);
    }
  }

  /** False for an answer to a call of an earlier term, and for one that ends this term (§5.1). */
  private stillLeads(from: ServerId, replyTerm: number, requestTerm: number): boolean {
    if (replyTerm > this.currentTerm) this.becomeFollower(replyTerm);
    if (this.role !== "leader" || requestTerm !== this.currentTerm) return false;
    this.responders.add(from);
    return true;
  }

  /** Counts what a follower said that it holds, and sends what it still lacks. */
  private followerHolds(peer: ServerId, index: number): void {
    this.followers.holds(peer, index);
    this.advanceCommitIndex();
    const { nextIndex } = this.followers.get(peer);
    if (nextIndex <= this.log.lastIndex && this.followers.room(peer) > 0) this.sendTo(peer);
  }

  /** Only entries of the own term are committed by counting; with them, all that precede them (§5.4.2, Figure 8). */
  private advanceCommitIndex(): void {
    const index = this.followers.heldByMajority(this.log.lastIndex);
    if (this.log.termAt(index) === this.currentTerm) this.commitUpTo(index);
    this.answerReads(); // the first of the own term makes commitIndex trustworthy
  }

  private commitUpTo(index: number): void {
    this.commitIndex = Math.max(this.commitIndex, index);
    while (this.lastApplied < this.commitIndex) {
      const entry = this.log.at(this.lastApplied + 1);
      if (entry === undefined) return;
      this.lastApplied += 1;
      this.ctx.apply(this.lastApplied, entry.term, entry.command);
    }
  }

  // --------------------------------------------------------------------------------------------- Snapshots

  snapshot(index: number, data: PlainData): void {
    if (index <= this.log.baseIndex) return; // a later one was installed meanwhile
    this.log.compact(index, data);
    this.persist();
  }

  /** For a follower that needs what the log no longer has (§7). */
  private sendSnapshot(peer: ServerId): void {
    const { snapshot } = this.log;
    if (snapshot === null) return;
    this.followers.sent(peer, snapshot.lastIncludedIndex);
    const sender = { term: this.currentTerm, leaderId: this.ctx.id, ...this.reads.stamp() };
    this.ctx.call(peer, "installSnapshot", { ...sender, ...snapshot });
  }

  installSnapshot(_from: ServerId, request: InstallSnapshotRequest): InstallSnapshotReply {
    if (request.term < this.currentTerm) return { term: this.currentTerm };
    this.follow(request);
    const { lastIncludedIndex, lastIncludedTerm, data } = request;
    if (lastIncludedIndex <= this.commitIndex) return { term: this.currentTerm }; // all of it is here already
    const snapshot = { lastIncludedIndex, lastIncludedTerm, data };
    this.log.install(snapshot);
    this.persist();
    this.restoreService(snapshot);
    return { term: this.currentTerm };
  }

  installSnapshotReply(from: ServerId, reply: InstallSnapshotReply, request: InstallSnapshotRequest): void {
    if (!this.stillLeads(from, reply.term, request.term)) return;
    this.followerHolds(from, request.lastIncludedIndex);
    this.confirm(from, request.hint);
  }

  private restoreService({ lastIncludedIndex, lastIncludedTerm, data }: Snapshot): void {
    this.commitIndex = lastIncludedIndex;
    this.lastApplied = lastIncludedIndex;
    this.ctx.restore(lastIncludedIndex, lastIncludedTerm, data);
  }

  // ------------------------------------------------------------------ Reads without the log (thesis, §6.4)

  readIndex(token: number, lease: boolean): void {
    if (this.role === "leader") return this.read({ token }, lease);
    if (this.role !== "follower" || this.leader?.term !== this.currentTerm) this.ctx.readReady(token);
    else this.reads.ask(this.leader.id, token, this.currentTerm, lease);
  }

  private read(asker: Asker, lease: boolean): void {
    this.reads.add(asker, lease, this.knowsCommitted() ? this.commitIndex : undefined);
    this.answerReads(); // on a lease, or in a cluster of one
    if (this.reads.areWaiting) this.ctx.setTimer("round", 0); // what is asked at one instant shares a round
  }

  /** The follower `peer` still took this server for its leader when it got a call that it answers now. */
  private confirm(peer: ServerId, hint: PlainData | undefined): void {
    this.reads.followed(peer, hint);
    this.answerReads();
  }

  private answerReads(): void {
    if (this.reads.areWaiting && this.knowsCommitted()) this.reads.answer(this.currentTerm, this.commitIndex);
  }

  /** A new leader has all that is committed in its log, and learns how far that is from an entry of its own term (§8). */
  private knowsCommitted(): boolean {
    return this.log.termAt(this.commitIndex) === this.currentTerm;
  }

  requestReadIndex(_from: ServerId, request: ReadIndexRequest, call: CallId): ReadIndexReply | "later" {
    const { term, lease } = request;
    if (term > this.currentTerm) this.becomeFollower(term);
    if (this.role !== "leader") return { term: this.currentTerm, index: null };
    this.read({ call }, lease);
    return "later";
  }

  requestReadIndexReply(_from: ServerId, reply: ReadIndexReply, request: ReadIndexRequest): void {
    if (reply.term > this.currentTerm) this.becomeFollower(reply.term);
    this.reads.told(request.hint, reply.index);
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
    const voteGranted =
      request.term > this.currentTerm && this.log.isCoveredBy(request) && !this.hearsLeader();
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
      lastLogIndex: this.log.lastIndex,
      lastLogTerm: this.log.lastTerm,
    };
  }
}
