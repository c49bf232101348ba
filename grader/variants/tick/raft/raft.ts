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

const TICK_MS = 10;
const HEARTBEAT_TICKS = 10;
const PATIENCE_TICKS = { min: 40, max: 80 };
const LONG_AGO = 1_000_000;

type Mode = "following" | "asking" | "campaigning" | "leading";

/**
 * Accepted variant: a single timer that ticks every 10 ms, and counters instead of timers. Timeouts are whole
 * ticks, counted from the middle of one. A candidate keeps the first answer of each server, and gives up as
 * soon as a majority has refused. It never tells the layer above who leads.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private term: number;
  private vote: ServerId | null;
  private mode: Mode = "following";
  /** Ticks since a vote was given, a leader heard, a campaign begun, or (as leader) a heartbeat sent. */
  private ticks = 0;
  /** The value of `ticks` that ends a follower's or candidate's patience. */
  private patience = 0;
  private ticksSinceLeader = LONG_AGO;
  private readonly ticksSinceAnswer = new Map<ServerId, number>();
  private readonly answers = new Map<ServerId, boolean>();

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.term = saved?.currentTerm ?? 0;
    this.vote = saved?.votedFor ?? null;
    this.beginToWait();
    ctx.setTimer("tick", TICK_MS);
  }

  status(): RaftStatus {
    return { term: this.term, isLeader: this.mode === "leading" };
  }

  timer(): void {
    this.ctx.setTimer("tick", TICK_MS);
    this.ticks += 1;
    this.ticksSinceLeader += 1;
    if (this.mode === "leading") this.tickAsLeader();
    else if (this.ticks >= this.patience) this.seekOffice();
  }

  private tickAsLeader(): void {
    let reached = 1;
    for (const peer of this.ctx.peers) {
      const silence = (this.ticksSinceAnswer.get(peer) ?? 0) + 1;
      this.ticksSinceAnswer.set(peer, silence);
      if (silence < PATIENCE_TICKS.max) reached += 1;
    }
    if (this.ctx.options.checkQuorum && !this.suffices(reached)) this.follow();
    else if (this.ticks >= HEARTBEAT_TICKS) this.beat();
  }

  private beginToWait(): void {
    this.ticks = 0;
    const { min, max } = PATIENCE_TICKS;
    this.patience = min + Math.floor(this.ctx.random() * (max - min + 1));
  }

  private suffices(servers: number): boolean {
    return servers >= Math.floor((this.ctx.peers.length + 1) / 2) + 1;
  }

  private save(): void {
    this.ctx.save({ currentTerm: this.term, votedFor: this.vote, log: [], snapshot: null });
  }

  private follow(): void {
    if (this.mode === "leading") this.beginToWait();
    this.mode = "following";
  }

  private enter(term: number): void {
    this.follow();
    this.term = term;
    this.vote = null;
    this.save();
  }

  // ---------------------------------------------------------------------------------------------- Elections

  private seekOffice(): void {
    this.beginToWait();
    this.answers.clear();
    if (this.ctx.options.preVote) {
      this.mode = "asking";
      this.ask("preVote", this.term + 1);
    } else {
      this.campaign();
    }
  }

  private campaign(): void {
    this.beginToWait();
    this.answers.clear();
    this.mode = "campaigning";
    this.term += 1;
    this.vote = this.ctx.id;
    this.save();
    this.ask("requestVote", this.term);
  }

  /** Asks all others; the own answer is there at once, and in a cluster of one it is enough. */
  private ask(method: "preVote" | "requestVote", term: number): void {
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, method, { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 });
    }
    this.answer(this.ctx.id, true);
  }

  private answer(from: ServerId, granted: boolean): void {
    if (this.answers.has(from)) return;
    this.answers.set(from, granted);
    const alike = [...this.answers.values()].filter((other) => other === granted).length;
    if (!this.suffices(alike)) return;
    if (!granted) this.mode = "following";
    else if (this.mode === "asking") this.campaign();
    else this.lead();
  }

  private lead(): void {
    this.mode = "leading";
    this.ticksSinceAnswer.clear();
    this.beat();
  }

  private beat(): void {
    this.ticks = 0;
    const { term, ctx } = this;
    const heartbeat = {
      term,
      leaderId: ctx.id,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: [],
      leaderCommit: 0,
    };
    for (const peer of ctx.peers) ctx.call(peer, "appendEntries", heartbeat);
  }

  private leaderIsAlive(): boolean {
    if (this.mode === "leading") return true;
    const window = this.ctx.options.minElectionTimeout ?? PATIENCE_TICKS.min * TICK_MS;
    return this.ticksSinceLeader * TICK_MS < window;
  }

  // ----------------------------------------------------------------------------------------------- Messages

  requestVote(from: ServerId, request: RequestVoteRequest): RequestVoteReply {
    if (this.ctx.options.checkQuorum && this.leaderIsAlive()) return { term: this.term, voteGranted: false };
    if (request.term > this.term) this.enter(request.term);
    // The log is empty in this lab, so every candidate's is at least as up to date.
    const voteGranted = request.term === this.term && (this.vote ?? from) === from;
    if (voteGranted) {
      this.follow(); // it may have been asking for pre-votes itself
      this.vote = from;
      this.save();
      this.beginToWait();
    }
    return { term: this.term, voteGranted };
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    if (reply.term > this.term) this.enter(reply.term);
    else if (this.mode === "campaigning" && request.term === this.term) this.answer(from, reply.voteGranted);
  }

  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    return { term: this.term, voteGranted: request.term > this.term && !this.leaderIsAlive() };
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    if (reply.term > this.term) this.enter(reply.term);
    else if (this.mode === "asking" && request.term === this.term + 1) this.answer(from, reply.voteGranted);
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    if (request.term < this.term) return { term: this.term, success: false };
    if (request.term > this.term) this.enter(request.term);
    this.follow();
    this.beginToWait();
    this.ticksSinceLeader = 0;
    return { term: this.term, success: request.prevLogIndex === 0 && request.prevLogTerm === 0 };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply): void {
    if (reply.term > this.term) this.enter(reply.term);
    this.ticksSinceAnswer.set(from, 0);
  }
}
