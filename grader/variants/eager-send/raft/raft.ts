import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
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

/** How soon a candidate repeats its question to whoever has not answered. */
const REPEAT_MS = 150;
const HEARTBEAT_MS = 100;

/**
 * Accepted variant: it sends first and saves after, as far as that is allowed, and saves more than it must.
 *
 * - A candidate asks for votes and saves at the end of the same handler; it repeats its question.
 * - A term learnt from a reply is saved only when something is about to leave that tells of it.
 * - It saves at every boot, every question and every change of leader, with a commit index as `extra`.
 * - A new leader sends its first heartbeat from a timer of 0 ms, hence in an input of its own.
 * - Answers are given by `ctx.reply`, and work goes on after them.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private currentTerm = 0;
  private votedFor: ServerId | null = null;
  private commitIndex = 0;
  private knownLeader: ServerId | null = null;
  private state: "follower" | "preCandidate" | "candidate" | "leader" = "follower";
  /** What each peer said to the present question. */
  private ballots: Record<ServerId, boolean> = {};
  /** The own clock when the leader was last heard. */
  private lastContact = Number.MIN_SAFE_INTEGER;
  private recent = new Set<ServerId>();
  /** A term was learnt that the disk does not know. */
  private unsaved = false;

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    if (saved !== undefined) {
      this.currentTerm = saved.currentTerm;
      this.votedFor = saved.votedFor;
    }
    this.resetElectionTimer();
    this.save();
  }

  status(): RaftStatus {
    return { isLeader: this.state === "leader", term: this.currentTerm };
  }

  timer(name: string): void {
    const rings: Record<string, () => void> = {
      election: () => (this.ctx.options.preVote ? this.canvass() : this.campaign()),
      repeat: () => this.ask(),
      heartbeat: () => this.heartbeat(),
      quorum: () => this.checkQuorum(),
    };
    rings[name]?.();
  }

  private save(): void {
    this.unsaved = false;
    const { currentTerm, votedFor, commitIndex, knownLeader } = this;
    this.ctx.save({ currentTerm, votedFor, log: [], snapshot: null, extra: { commitIndex, knownLeader } });
  }

  private answer(call: CallId, reply: RequestVoteReply | AppendEntriesReply): "later" {
    if (this.unsaved) this.save();
    this.ctx.reply(call, reply);
    return "later";
  }

  private resetElectionTimer(): void {
    this.ctx.setTimer("election", 500 + this.ctx.random() * 400);
  }

  private hasMajority(others: number): boolean {
    return others + 1 > (this.ctx.peers.length + 1) / 2;
  }

  /** A higher term: follow, and save when there is a reason to. */
  private learn(term: number): boolean {
    if (term <= this.currentTerm) return false;
    this.retire();
    this.currentTerm = term;
    this.votedFor = null;
    this.unsaved = true;
    return true;
  }

  private retire(): void {
    const led = this.state === "leader";
    this.state = "follower";
    this.ctx.cancelTimer("repeat");
    if (!led) return;
    this.ctx.cancelTimer("heartbeat");
    this.ctx.cancelTimer("quorum");
    this.resetElectionTimer();
    this.ctx.leadership(this.currentTerm, false);
  }

  // ----------------------------------------------------------------------------------------------- Elections

  private canvass(): void {
    this.state = "preCandidate";
    this.ballots = {};
    this.ask();
    this.resetElectionTimer();
    this.count();
  }

  private campaign(): void {
    this.state = "candidate";
    this.currentTerm += 1;
    this.votedFor = this.ctx.id;
    this.knownLeader = null;
    this.ballots = {};
    this.ask();
    this.resetElectionTimer();
    this.save();
    this.count();
  }

  private ask(): void {
    const [method, term] =
      this.state === "candidate"
        ? (["requestVote", this.currentTerm] as const)
        : (["preVote", this.currentTerm + 1] as const);
    for (const peer of this.ctx.peers) {
      if (this.ballots[peer] !== undefined) continue;
      this.ctx.call(peer, method, { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 });
    }
    this.ctx.setTimer("repeat", REPEAT_MS);
  }

  private count(): void {
    if (!this.hasMajority(Object.values(this.ballots).filter(Boolean).length)) return;
    if (this.state === "preCandidate") return this.campaign();
    this.state = "leader";
    this.knownLeader = this.ctx.id;
    this.ctx.cancelTimer("repeat");
    this.ctx.cancelTimer("election");
    this.ctx.setTimer("heartbeat", 0);
    this.ctx.leadership(this.currentTerm, true);
    this.save();
    this.recent = new Set(this.ctx.peers); // the benefit of the doubt, for one period
    this.checkQuorum();
  }

  private heartbeat(): void {
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "appendEntries", {
        term: this.currentTerm,
        leaderId: this.ctx.id,
        prevLogIndex: 0,
        prevLogTerm: 0,
        entries: [],
        leaderCommit: this.commitIndex,
      });
    }
    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);
  }

  private checkQuorum(): void {
    if (!this.ctx.options.checkQuorum) return;
    if (!this.hasMajority(this.recent.size)) return this.retire();
    this.recent.clear();
    this.ctx.setTimer("quorum", 500);
  }

  private leaderIsNear(): boolean {
    const window = this.ctx.options.minElectionTimeout ?? 500;
    return this.state === "leader" || this.ctx.now() - this.lastContact < window;
  }

  // ------------------------------------------------------------------------------------------------ Messages

  requestVote(_from: ServerId, request: RequestVoteRequest, call: CallId): "later" {
    if (!this.ctx.options.checkQuorum || !this.leaderIsNear()) {
      this.learn(request.term);
      const free = this.votedFor === null || this.votedFor === request.candidateId;
      if (free && request.term === this.currentTerm) {
        this.retire();
        this.votedFor = request.candidateId;
        this.save();
        this.answer(call, { term: this.currentTerm, voteGranted: true });
        this.resetElectionTimer();
        return "later";
      }
    }
    this.save();
    return this.answer(call, { term: this.currentTerm, voteGranted: false });
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    if (this.learn(reply.term) || this.state !== "candidate" || request.term !== this.currentTerm) return;
    this.ballots[from] = reply.voteGranted;
    this.count();
  }

  preVote(_from: ServerId, request: PreVoteRequest, call: CallId): "later" {
    const voteGranted = request.term > this.currentTerm && !this.leaderIsNear();
    this.save();
    return this.answer(call, { term: this.currentTerm, voteGranted });
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    if (this.learn(reply.term) || this.state !== "preCandidate" || request.term !== this.currentTerm + 1)
      return;
    this.ballots[from] = reply.voteGranted;
    this.count();
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest, call: CallId): "later" {
    if (request.term < this.currentTerm) return this.answer(call, { term: this.currentTerm, success: false });
    if (!this.learn(request.term)) this.retire();
    this.lastContact = this.ctx.now();
    if (this.knownLeader !== request.leaderId) {
      this.knownLeader = request.leaderId;
      this.save();
    }
    this.answer(call, { term: this.currentTerm, success: request.prevLogIndex === 0 });
    this.resetElectionTimer();
    return "later";
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (this.learn(reply.term) || request.term !== this.currentTerm) return;
    this.recent.add(from);
  }
}
