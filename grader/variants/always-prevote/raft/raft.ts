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

/** The own minimum election timeout; the range above it is as wide again. */
const MINIMUM_MS = 400;
/** A little slower than ten a second. */
const HEARTBEAT_MS = 110;

type Ballot = "preVote" | "requestVote";

/** The pre-votes or votes that are being counted. */
type Round = { readonly kind: Ballot; readonly term: number; readonly votes: ServerId[] };

/**
 * Accepted variant: pre-vote and check-quorum are always on, whatever the options say, with the own minimum
 * election timeout where the options name none. So it asks `preVote` before every campaign, ignores vote
 * requests while it hears a leader (or is one), and a leader without a majority resigns.
 *
 * It never restarts a timer early: a timer that rings too soon sleeps for the rest, as a polling loop would.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private currentTerm: number;
  private votedFor: ServerId | null;
  private isLeader = false;
  /** Until when this server waits for others, on its own clock. */
  private deadline = 0;
  private leaderHeard: number | null = null;
  private round: Round | null = null;
  /** As leader: when each of the others last answered. */
  private readonly answered: { [peer: ServerId]: number } = {};

  constructor(
    private readonly ctx: RaftContext,
    saved?: RaftState,
  ) {
    this.currentTerm = saved ? saved.currentTerm : 0;
    this.votedFor = saved ? saved.votedFor : null;
    this.postpone();
    this.sleep();
  }

  status(): RaftStatus {
    return { term: this.currentTerm, isLeader: this.isLeader };
  }

  timer(name: string): void {
    if (name === "beat") return this.beat();
    if (!this.isLeader && this.ctx.now() >= this.deadline) {
      this.postpone();
      this.begin("preVote", this.currentTerm + 1);
    }
    this.sleep();
  }

  /** Draws how long to wait for others from now on. */
  private postpone(): void {
    this.deadline = this.ctx.now() + MINIMUM_MS * (1 + this.ctx.random());
  }

  private sleep(): void {
    const rest = this.isLeader ? MINIMUM_MS : this.deadline - this.ctx.now();
    this.ctx.setTimer("wake", Math.max(1, rest));
  }

  private majority(): number {
    return ((this.ctx.peers.length + 1) >> 1) + 1;
  }

  private store(): void {
    this.ctx.save({ currentTerm: this.currentTerm, votedFor: this.votedFor, log: [], snapshot: null });
  }

  /** Takes over a higher term. */
  private catchUp(term: number): void {
    if (term <= this.currentTerm) return;
    this.resign();
    this.currentTerm = term;
    this.votedFor = null;
    this.store();
  }

  private resign(): void {
    this.round = null;
    if (!this.isLeader) return;
    this.isLeader = false;
    this.ctx.leadership(this.currentTerm, false);
    this.ctx.cancelTimer("beat");
    this.postpone();
  }

  // ----------------------------------------------------------------------------------------------- Elections

  private begin(kind: Ballot, term: number): void {
    if (kind === "requestVote") {
      this.currentTerm = term;
      this.votedFor = this.ctx.id;
      this.store();
      this.postpone();
    }
    this.round = { kind, term, votes: [] };
    const request = { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 };
    for (const peer of this.ctx.peers) this.ctx.call(peer, kind, request);
    this.poll(kind, term, this.ctx.id);
  }

  private poll(kind: Ballot, term: number, voter: ServerId): void {
    const { round } = this;
    if (round === null || round.kind !== kind || round.term !== term || round.votes.includes(voter)) return;
    round.votes.push(voter);
    if (round.votes.length < this.majority()) return;
    if (kind === "preVote") return this.begin("requestVote", term);
    this.round = null;
    this.isLeader = true;
    for (const peer of this.ctx.peers) this.answered[peer] = this.ctx.now();
    this.ctx.leadership(term, true);
    this.beat();
  }

  private beat(): void {
    const now = this.ctx.now();
    const near = this.ctx.peers.filter((peer) => now - (this.answered[peer] ?? now) < 2 * MINIMUM_MS);
    if (near.length + 1 < this.majority()) return this.resign();
    this.ctx.setTimer("beat", HEARTBEAT_MS);
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "appendEntries", {
        term: this.currentTerm,
        leaderId: this.ctx.id,
        prevLogIndex: 0,
        prevLogTerm: 0,
        entries: [],
        leaderCommit: 0,
      });
    }
  }

  private get leaderLives(): boolean {
    if (this.isLeader) return true;
    const window = this.ctx.options.minElectionTimeout ?? MINIMUM_MS;
    return this.leaderHeard !== null && this.ctx.now() < this.leaderHeard + window;
  }

  // ------------------------------------------------------------------------------------------------ Messages

  requestVote(_from: ServerId, { term, candidateId }: RequestVoteRequest): RequestVoteReply {
    if (this.leaderLives) return { term: this.currentTerm, voteGranted: false };
    this.catchUp(term);
    const voteGranted = term === this.currentTerm && [null, candidateId].includes(this.votedFor);
    if (voteGranted) {
      this.round = null;
      this.votedFor = candidateId;
      this.store();
      this.postpone();
    }
    return { term: this.currentTerm, voteGranted };
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.catchUp(reply.term);
    if (reply.voteGranted) this.poll("requestVote", request.term, from);
  }

  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    return { term: this.currentTerm, voteGranted: request.term > this.currentTerm && !this.leaderLives };
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    if (reply.voteGranted) this.poll("preVote", request.term, from);
    else this.catchUp(reply.term);
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    if (request.term >= this.currentTerm) {
      this.catchUp(request.term);
      this.resign();
      this.postpone();
      this.leaderHeard = this.ctx.now();
    }
    return {
      term: this.currentTerm,
      success: request.term === this.currentTerm && request.prevLogIndex === 0,
    };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    this.catchUp(reply.term);
    if (request.term === this.currentTerm) this.answered[from] = this.ctx.now();
  }
}
