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
import { Outbox } from "./outbox";

const HEARTBEAT_MS = 100;
const FLUSH_MS = 5;

/**
 * Accepted variant: group commit. Every handler says “later”; what is to leave waits in an outbox until a
 * flush timer, 5 ms after the first of it, has saved once for all. The own vote counts once it is on disk.
 *
 * So an answer may leave after its server has gone on to another term: a vote of term 4 that was never saved
 * itself, answered when the disk says term 5. That is safe, for such a disk forbids any other vote in term 4.
 */
export class Raft implements RaftProgram, Handlers<PreVoteProtocol> {
  private currentTerm = 0;
  private votedFor: ServerId | null = null;
  private role: "follower" | "candidate" | "leader" = "follower";
  /** Asking for pre-votes, or for votes, in this term. */
  private asksFor: number | null = null;
  private readonly supporters = new Set<ServerId>();
  private readonly reached = new Set<ServerId>();
  private heardLeaderAt: number | null = null;
  private readonly outbox = new Outbox();

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    if (saved) ({ currentTerm: this.currentTerm, votedFor: this.votedFor } = saved);
    this.wait();
  }

  status(): RaftStatus {
    return { term: this.currentTerm, isLeader: this.role === "leader" };
  }

  timer(name: string): void {
    if (name === "flush") this.flush();
    else if (name === "heartbeat") this.sendHeartbeats();
    else if (name === "election") this.runForOffice();
    else if (name === "audience") this.checkAudience();
  }

  private wait(): void {
    this.ctx.setTimer("election", 400 + 300 * this.ctx.random());
  }

  // -------------------------------------------------------------------------------------------- Group commit

  private soon(): void {
    if (this.outbox.waiting) return;
    this.outbox.waiting = true;
    this.ctx.setTimer("flush", FLUSH_MS);
  }

  private later(call: CallId, reply: RequestVoteReply | AppendEntriesReply): "later" {
    this.outbox.replies.push({ call, reply });
    this.soon();
    return "later";
  }

  private flush(): void {
    const { currentTerm, votedFor, ctx } = this;
    const { save, replies, heartbeat, candidacy } = this.outbox.empty();
    if (save) ctx.save({ currentTerm, votedFor, log: [], snapshot: null });
    for (const { call, reply } of replies) ctx.reply(call, reply);
    if (heartbeat) for (const peer of ctx.peers) ctx.call(peer, "appendEntries", heartbeat);
    if (!candidacy) return;
    const method = candidacy.term > currentTerm ? "preVote" : "requestVote";
    for (const peer of ctx.peers) ctx.call(peer, method, candidacy);
    this.support(ctx.id);
  }

  private change(term: number, vote: ServerId | null): void {
    this.currentTerm = term;
    this.votedFor = vote;
    this.outbox.save = true;
    this.soon();
  }

  // ----------------------------------------------------------------------------------------------- Elections

  private runForOffice(): void {
    if (!this.ctx.options.preVote) return this.campaign();
    this.role = "follower";
    this.askFor(this.currentTerm + 1);
  }

  private campaign(): void {
    this.role = "candidate";
    this.change(this.currentTerm + 1, this.ctx.id);
    this.askFor(this.currentTerm);
  }

  private askFor(term: number): void {
    this.wait();
    this.supporters.clear();
    this.asksFor = term;
    this.outbox.candidacy = { term, candidateId: this.ctx.id, lastLogIndex: 0, lastLogTerm: 0 };
    this.soon();
  }

  private support(from: ServerId): void {
    this.supporters.add(from);
    if (!this.isMajority(this.supporters.size)) return;
    const campaigning = this.asksFor === this.currentTerm;
    this.asksFor = null;
    if (campaigning) this.lead();
    else this.campaign();
  }

  private lead(): void {
    this.role = "leader";
    this.ctx.cancelTimer("election");
    this.ctx.leadership(this.currentTerm, true);
    this.sendHeartbeats();
    this.reached.clear();
    if (this.ctx.options.checkQuorum) this.ctx.setTimer("audience", 500);
  }

  /** Ends candidacy or leadership. */
  private yield(): void {
    if (this.role === "leader") {
      this.ctx.leadership(this.currentTerm, false);
      this.wait();
    }
    for (const timer of ["heartbeat", "audience"]) this.ctx.cancelTimer(timer);
    this.role = "follower";
    this.asksFor = null;
    this.outbox.withdraw();
  }

  private adopt(term: number): void {
    if (term <= this.currentTerm) return;
    this.yield();
    this.change(term, null);
  }

  private sendHeartbeats(): void {
    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);
    const { currentTerm: term, ctx } = this;
    this.outbox.heartbeat = {
      term,
      leaderId: ctx.id,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: [],
      leaderCommit: 0,
    };
    this.soon();
  }

  private checkAudience(): void {
    if (!this.isMajority(this.reached.size + 1)) return this.yield();
    this.reached.clear();
    this.ctx.setTimer("audience", 500);
  }

  private isMajority(count: number): boolean {
    return count * 2 > this.ctx.peers.length + 1;
  }

  private leaderAlive(): boolean {
    const { minElectionTimeout = 400 } = this.ctx.options;
    if (this.role === "leader") return true;
    return this.heardLeaderAt !== null && this.ctx.now() - this.heardLeaderAt < minElectionTimeout;
  }

  // ------------------------------------------------------------------------------------------------ Messages

  requestVote(_from: ServerId, request: RequestVoteRequest, call: CallId): "later" {
    if (this.ctx.options.checkQuorum && this.leaderAlive()) return this.refuse(call);
    this.adopt(request.term);
    const free = this.votedFor === null || this.votedFor === request.candidateId;
    if (request.term < this.currentTerm || !free) return this.refuse(call);
    this.yield(); // it may have been asking for pre-votes itself
    this.change(request.term, request.candidateId);
    this.wait();
    return this.later(call, { term: request.term, voteGranted: true });
  }

  private refuse(call: CallId): "later" {
    return this.later(call, { term: this.currentTerm, voteGranted: false });
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.adopt(reply.term);
    if (reply.voteGranted && this.role === "candidate" && request.term === this.asksFor) this.support(from);
  }

  preVote(_from: ServerId, request: PreVoteRequest, call: CallId): "later" {
    if (request.term <= this.currentTerm || this.leaderAlive()) return this.refuse(call);
    return this.later(call, { term: this.currentTerm, voteGranted: true });
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    this.adopt(reply.term);
    const asking = this.asksFor === this.currentTerm + 1 && request.term === this.asksFor;
    if (reply.voteGranted && asking) this.support(from);
  }

  appendEntries(_from: ServerId, request: AppendEntriesRequest, call: CallId): "later" {
    if (request.term < this.currentTerm) return this.later(call, { term: this.currentTerm, success: false });
    this.adopt(request.term);
    this.yield();
    this.wait();
    this.heardLeaderAt = this.ctx.now();
    return this.later(call, { term: this.currentTerm, success: request.prevLogIndex === 0 });
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply): void {
    this.adopt(reply.term);
    this.reached.add(from);
  }
}
