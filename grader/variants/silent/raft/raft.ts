import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  Handlers,
  PreVoteProtocol,
  PreVoteReply,
  PreVoteRequest,
  RaftContext,
  RaftProgram,
  RaftState,
  RaftStatus,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
} from "@labs/kit";

const BLANK: RaftState = { currentTerm: 0, votedFor: null, log: [], snapshot: null };

type Role =
  | { readonly is: "follower" }
  | { readonly is: "hopeful"; readonly for: number; readonly backers: Set<ServerId> }
  | { readonly is: "leader"; readonly lastAnswer: Map<ServerId, number> };

/**
 * Accepted variant: it keeps silent about the past. A request of an older term is never answered, and the
 * answer to a request of an older term is dropped, even if it tells of a higher term: whoever is behind will
 * learn that from the next request of a server ahead. With the options of the challenge it does answer, or
 * a server with a higher term than its leader's would stay outside for ever.
 *
 * Its durable state is one object, saved as it changes; its role carries what only that role needs.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private role: Role = { is: "follower" };
  private leaderSeen: number | undefined;

  constructor(
    private readonly ctx: RaftContext,
    private durable: RaftState = BLANK,
  ) {
    this.waitForLeader();
  }

  status(): RaftStatus {
    return { term: this.term, isLeader: this.role.is === "leader" };
  }

  timer(name: string): void {
    if (this.role.is === "leader") this.reign();
    else if (name === "patience") this.stand();
  }

  private get term(): number {
    return this.durable.currentTerm;
  }

  private update(change: Partial<RaftState>): void {
    this.durable = { ...this.durable, ...change };
    this.ctx.save(this.durable);
  }

  private waitForLeader(): void {
    this.ctx.setTimer("patience", Math.floor(350 + 300 * this.ctx.random()));
  }

  private isMajority(count: number): boolean {
    return count > Math.floor((1 + this.ctx.peers.length) / 2);
  }

  private get speaksOfThePast(): boolean {
    return this.ctx.options.checkQuorum === true || this.ctx.options.preVote === true;
  }

  /** Learns of a term; true if a message of that term is of the past. */
  private isPast(term: number): boolean {
    if (term > this.term) {
      this.stepDown();
      this.update({ currentTerm: term, votedFor: null });
    }
    return term < this.term;
  }

  private stepDown(): void {
    if (this.role.is === "leader") {
      this.ctx.cancelTimer("beat");
      this.ctx.leadership(this.term, false);
      this.waitForLeader();
    }
    this.role = { is: "follower" };
  }

  // ----------------------------------------------------------------------------------------------- Elections

  private stand(): void {
    if (this.ctx.options.preVote) this.seek("preVote", this.term + 1);
    else this.campaign();
  }

  private campaign(): void {
    this.update({ currentTerm: this.term + 1, votedFor: this.ctx.id });
    this.seek("requestVote", this.term);
  }

  private seek(method: "preVote" | "requestVote", term: number): void {
    this.waitForLeader();
    this.role = { is: "hopeful", for: term, backers: new Set() };
    const request = { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 };
    this.ctx.peers.forEach((peer) => this.ctx.call(peer, method, request));
    this.count(this.ctx.id, term);
  }

  private count(backer: ServerId, term: number): void {
    if (this.role.is !== "hopeful" || this.role.for !== term) return;
    if (!this.isMajority(this.role.backers.add(backer).size)) return;
    if (term > this.term) this.campaign();
    else this.lead();
  }

  private lead(): void {
    const now = this.ctx.now();
    this.role = { is: "leader", lastAnswer: new Map(this.ctx.peers.map((peer) => [peer, now])) };
    this.ctx.cancelTimer("patience");
    this.ctx.leadership(this.term, true);
    this.reign();
  }

  private reign(): void {
    if (this.ctx.options.checkQuorum && !this.hasQuorum()) return this.stepDown();
    this.ctx.setTimer("beat", 100);
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "appendEntries", {
        term: this.term,
        leaderId: this.ctx.id,
        prevLogIndex: 0,
        prevLogTerm: 0,
        entries: [],
        leaderCommit: 0,
      });
    }
  }

  private hasQuorum(): boolean {
    if (this.role.is !== "leader") return false;
    const recent = [...this.role.lastAnswer.values()].filter((at) => this.ctx.now() - at < 600);
    return this.isMajority(recent.length + 1);
  }

  private get hearsLeader(): boolean {
    if (this.role.is === "leader") return true;
    const window = this.ctx.options.minElectionTimeout ?? 350;
    return this.leaderSeen !== undefined && this.ctx.now() - this.leaderSeen < window;
  }

  // ------------------------------------------------------------------------------------------------ Messages

  requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply | "later" {
    if (this.ctx.options.checkQuorum && this.hearsLeader) return { term: this.term, voteGranted: false };
    if (this.isPast(request.term))
      return this.speaksOfThePast ? { term: this.term, voteGranted: false } : "later";
    const { votedFor } = this.durable;
    if (votedFor === null) this.update({ votedFor: request.candidateId });
    if (this.durable.votedFor !== request.candidateId) return { term: this.term, voteGranted: false };
    this.stepDown();
    this.waitForLeader();
    return { term: this.term, voteGranted: true };
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    if (request.term < this.term || this.isPast(reply.term)) return;
    if (reply.voteGranted) this.count(from, request.term);
  }

  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    return { term: this.term, voteGranted: request.term > this.term && !this.hearsLeader };
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    if (request.term <= this.term) return;
    this.isPast(reply.term);
    if (reply.voteGranted) this.count(from, request.term);
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply | "later" {
    if (this.isPast(request.term))
      return this.speaksOfThePast ? { term: this.term, success: false } : "later";
    this.stepDown();
    this.leaderSeen = this.ctx.now();
    this.waitForLeader();
    return { term: this.term, success: request.prevLogIndex + request.prevLogTerm === 0 };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (request.term < this.term || this.isPast(reply.term)) return;
    if (this.role.is === "leader") this.role.lastAnswer.set(from, this.ctx.now());
  }
}
