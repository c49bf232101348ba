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
import { Ledger } from "./ledger";
import { Office } from "./office";
import { Patience } from "./patience";
import { Poll } from "./poll";

/**
 * Accepted variant: a server in small classes with private names. The ledger keeps term and vote and writes
 * at each change; a poll and an office exist only as long as the server campaigns or leads, so that there is
 * no variable for its role. The majority of a leader is checked at each heartbeat. It never tells the layer
 * above who leads, and votes for the sender of a request, who is its candidate.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  readonly #ledger: Ledger;
  readonly #patience: Patience;
  #poll: Poll | undefined;
  #office: Office | undefined;

  constructor(
    private readonly ctx: RaftContext,
    saved?: RaftState,
  ) {
    this.#ledger = new Ledger(ctx, saved);
    this.#patience = new Patience(ctx);
  }

  status(): RaftStatus {
    return { term: this.#ledger.term, isLeader: this.#office !== undefined };
  }

  timer(name: string): void {
    const { preVote, checkQuorum } = this.ctx.options;
    if (name === "patience") return this.#open(preVote ? "preVote" : "requestVote");
    if (checkQuorum && !this.#office?.isBacked) return this.#leave();
    this.#office?.beat();
  }

  /** Ends the poll or the office of this server. */
  #leave(): void {
    this.#poll = undefined;
    if (this.#office === undefined) return;
    this.#office.close();
    this.#office = undefined;
    this.#patience.renew();
  }

  #meet(term: number): void {
    if (term <= this.#ledger.term) return;
    this.#leave();
    this.#ledger.enter(term);
  }

  get #isGuarded(): boolean {
    return this.#office !== undefined || this.#patience.hearsLeader;
  }

  // ----------------------------------------------------------------------------------------------- Elections

  #open(kind: Poll["kind"]): void {
    const term = this.#ledger.term + 1;
    if (kind === "requestVote") this.#ledger.enter(term, this.ctx.id);
    this.#patience.renew();
    this.#poll = new Poll(term, kind, this.ctx.peers.length + 1);
    const request = { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 };
    for (const peer of this.ctx.peers) this.ctx.call(peer, kind, request);
    this.#grant(this.#poll, this.ctx.id);
  }

  #grant(poll: Poll, from: ServerId): void {
    poll.grant(from);
    if (!poll.won) return;
    if (poll.kind === "preVote") return this.#open("requestVote");
    this.#poll = undefined;
    this.#patience.stop();
    this.#office = new Office(this.ctx, poll.term);
  }

  #count(kind: Poll["kind"], from: ServerId, reply: RequestVoteReply, term: number): void {
    if (reply.term > this.#ledger.term) return this.#meet(reply.term);
    const poll = this.#poll;
    if (poll?.kind === kind && poll.term === term && reply.voteGranted) this.#grant(poll, from);
  }

  // ------------------------------------------------------------------------------------------------ Messages

  requestVote(from: ServerId, request: RequestVoteRequest): RequestVoteReply {
    const ignores = this.ctx.options.checkQuorum && this.#isGuarded;
    if (!ignores) this.#meet(request.term);
    const voteGranted = !ignores && request.term === this.#ledger.term && this.#ledger.tryVote(from);
    if (voteGranted) {
      this.#poll = undefined;
      this.#patience.renew();
    }
    return { term: this.#ledger.term, voteGranted };
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.#count("requestVote", from, reply, request.term);
  }

  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    return { term: this.#ledger.term, voteGranted: request.term > this.#ledger.term && !this.#isGuarded };
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    this.#count("preVote", from, reply, request.term);
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    this.#meet(request.term);
    const success = request.term === this.#ledger.term;
    if (success) {
      this.#poll = undefined;
      this.#patience.hearLeader();
    }
    return { term: this.#ledger.term, success };
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (reply.term > this.#ledger.term) this.#meet(reply.term);
    else if (this.#office?.term === request.term) this.#office.answer(from);
  }
}
