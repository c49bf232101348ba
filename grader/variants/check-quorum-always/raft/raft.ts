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

/** A leader sends heartbeats this often: ten a second to each follower (ms). */
const HEARTBEAT_MS = 100;

/** Election timeouts come from this range: heartbeats may get lost, and two draws rarely meet (§5.2). */
const ELECTION_MS = { min: 400, max: 800 };

/** To the paper a pre-candidate is a follower still: it asks around before it campaigns (thesis, §9.6). */
type Role = "follower" | "preCandidate" | "candidate" | "leader";

/**
 * Accepted variant: check-quorum is always on, whatever the options say, and pre-vote only where they ask for
 * it. So vote requests are ignored while a leader is heard, and a leader without a majority resigns, in plain
 * elections as well. A follower that is alone still raises its term.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  // Persistent state (Figure 2).
  private currentTerm = 0;
  private votedFor: ServerId | null = null;

  // Volatile state.
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
    if (this.hearsLeader()) return { term: this.currentTerm, voteGranted: false };
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

  /** First come, first served, one vote a term (§5.2). */
  private mayVoteFor(request: RequestVoteRequest): boolean {
    if (request.term < this.currentTerm) return false;
    return this.votedFor === null || this.votedFor === request.candidateId;
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
    this.sendHeartbeats(); // at once, so that nobody else campaigns (§5.2)
    this.expectQuorum();
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
    this.ctx.cancelTimer("quorum");
    this.restartElectionTimer(); // a leader has none
    this.ctx.leadership(this.currentTerm, false);
  }

  // -------------------------------------------------------------------------------------------- Heartbeats

  private sendHeartbeats(): void {
    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);
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

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };
    this.becomeFollower(request.term);
    this.leaderHeardAt = this.ctx.now();
    this.restartElectionTimer();
    return { term: this.currentTerm, success: request.prevLogIndex === 0 };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);
    if (this.role !== "leader" || request.term !== this.currentTerm) return; // sent in an earlier term
    this.responders.add(from);
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
    const voteGranted = request.term > this.currentTerm && !this.hearsLeader();
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
    const { currentTerm, votedFor } = this;
    this.ctx.save({ currentTerm, votedFor, log: [], snapshot: null });
  }

  /** More than half of the cluster, itself included; with four servers that is three. */
  private isMajority(servers: ReadonlySet<ServerId>): boolean {
    return servers.size > (this.ctx.peers.length + 1) / 2;
  }

  private candidacy(term: number): RequestVoteRequest {
    return {
      term,
      candidateId: this.ctx.id,
      lastLogIndex: 0,
      lastLogTerm: 0,
    };
  }
}
