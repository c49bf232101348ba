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
import { Ledger } from "./ledger";
import { lead, type Office, type Poll } from "./office";

const BEAT_MS = 100;
const PATIENCE_MS = { from: 450, to: 950 };

/** After so long without an answer, entries and snapshots are sent again (ms). */
const RESEND_MS = 250;

/** Entries in one call at most. */
const BATCH = 200;

/**
 * Accepted variant: a Raft of Labs 1 to 4 that shares no text with the reference.
 *
 * - A proposal leaves at once if nothing is on its way to a follower; what comes meanwhile goes in the next call,
 *   when the answer to this one is there. Nothing batches by the clock.
 * - A follower that refuses entries names its commit index: up to there, all logs are the same.
 * - A candidate asks again whoever has not answered.
 * - Each handler saves at its end, if at all; then it applies what is committed.
 */
export class Raft implements RaftProgram, Proposing, Compacting, Handlers<PreVoteProtocol> {
  private term = 0;
  private vote: ServerId | null = null;
  private readonly ledger: Ledger;

  private commit = 0;
  private applied = 0;
  private unsaved = false;
  private heardAt: number | null = null;
  /** As candidate or pre-candidate. */
  private poll: Poll | null = null;
  /** As leader. */
  private office: Office | null = null;

  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.ledger = new Ledger(saved);
    if (saved !== undefined) {
      this.term = saved.currentTerm;
      this.vote = saved.votedFor;
      this.commit = this.ledger.base;
    }
    this.settle();
    this.wait();
  }

  status(): RaftStatus {
    return { term: this.term, isLeader: this.office !== null };
  }

  timer(name: string): void {
    if (name === "election") this.stand(this.ctx.options.preVote === true);
    else if (this.office !== null) this.beat(this.office);
    else if (this.poll !== null) this.solicit(this.poll);
  }

  private wait(): void {
    const { from, to } = PATIENCE_MS;
    this.ctx.setTimer("election", from + (to - from) * this.ctx.random());
  }

  // Elections

  private stand(pre: boolean): void {
    const poll: Poll = { pre, term: this.term + 1, ayes: [this.ctx.id], noes: [] };
    this.poll = poll;
    if (!pre) {
      this.term = poll.term;
      this.vote = this.ctx.id;
      this.unsaved = true;
    }
    this.wait();
    this.solicit(poll);
    this.settle();
    this.count(poll);
  }

  private solicit({ pre, term, ayes, noes }: Poll): void {
    const { id: candidateId, peers } = this.ctx;
    const lastLogIndex = this.ledger.last;
    const lastLogTerm = this.ledger.termAt(lastLogIndex) ?? 0;
    const request = { term, candidateId, lastLogIndex, lastLogTerm };
    for (const peer of peers.filter((each) => !ayes.includes(each) && !noes.includes(each))) {
      if (pre) this.ctx.call(peer, "preVote", request);
      else this.ctx.call(peer, "requestVote", request);
    }
    this.ctx.setTimer("beat", BEAT_MS);
  }

  private count(poll: Poll): void {
    if (!this.isMajority(poll.ayes.length)) return;
    if (poll.pre) return this.stand(false);
    this.poll = null;
    this.ctx.cancelTimer("election");
    this.office = lead(this.ctx.peers, this.ledger.last, this.ctx.now());
    this.beat(this.office);
  }

  requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply {
    const deaf = this.ctx.options.checkQuorum === true && this.hearsLeader();
    if (!deaf && request.term > this.term) this.follow(request.term);
    const free = this.vote === null || this.vote === request.candidateId;
    const voteGranted = !deaf && request.term === this.term && free && this.ledger.isCoveredBy(request);
    if (voteGranted) {
      this.unsaved ||= this.vote === null;
      this.vote = request.candidateId;
      this.poll = null;
      this.wait();
    }
    this.settle();
    return { term: this.term, voteGranted };
  }

  preVote(_from: ServerId, request: PreVoteRequest): PreVoteReply {
    const voteGranted = request.term > this.term && this.ledger.isCoveredBy(request) && !this.hearsLeader();
    return { term: this.term, voteGranted };
  }

  requestVoteReply(from: ServerId, reply: RequestVoteReply, request: RequestVoteRequest): void {
    this.hearVoter(false, from, reply, request.term);
  }

  preVoteReply(from: ServerId, reply: PreVoteReply, request: PreVoteRequest): void {
    this.hearVoter(true, from, reply, request.term);
  }

  private hearVoter(pre: boolean, from: ServerId, reply: RequestVoteReply, term: number): void {
    if (this.isDeposed(reply.term)) return;
    const { poll } = this;
    if (poll === null || poll.pre !== pre || poll.term !== term) return;
    const side = reply.voteGranted ? poll.ayes : poll.noes;
    if (!side.includes(from)) side.push(from);
    this.count(poll);
  }

  private hearsLeader(): boolean {
    const window = this.ctx.options.minElectionTimeout ?? PATIENCE_MS.from;
    return this.office !== null || (this.heardAt !== null && this.ctx.now() - this.heardAt < window);
  }

  private isDeposed(term: number): boolean {
    if (term <= this.term) return false;
    this.follow(term);
    this.settle();
    return true;
  }

  private follow(term: number): void {
    if (term > this.term) {
      this.term = term;
      this.vote = null;
      this.unsaved = true;
    }
    if (this.office !== null) this.wait();
    this.office = null;
    this.poll = null;
    this.ctx.cancelTimer("beat");
  }

  private hearLeader(term: number): void {
    this.follow(term);
    this.heardAt = this.ctx.now();
    this.wait();
  }

  // Leading

  propose(command: PlainData): Proposal | undefined {
    const { office } = this;
    if (office === null) return undefined;
    this.unsaved = this.ledger.accept(this.ledger.last + 1, { term: this.term, command });
    this.settle();
    for (const peer of this.ctx.peers) if (office.busySince.get(peer) === undefined) this.send(office, peer);
    this.advance(office);
    return { index: this.ledger.last, term: this.term };
  }

  private beat(office: Office): void {
    const now = this.ctx.now();
    const answering = this.ctx.peers.filter(
      (peer) => now - (office.answeredAt.get(peer) ?? now) < PATIENCE_MS.to,
    );
    if (this.ctx.options.checkQuorum === true && !this.isMajority(answering.length + 1))
      return this.follow(this.term);
    for (const peer of this.ctx.peers) this.send(office, peer);
    this.ctx.setTimer("beat", BEAT_MS);
  }

  private send(office: Office, peer: ServerId): void {
    const { ledger, term } = this;
    const { base, snap } = ledger;
    const now = this.ctx.now();
    const next = office.next.get(peer) ?? 1;
    const idle = now - (office.busySince.get(peer) ?? now - RESEND_MS) >= RESEND_MS;
    if (idle && next <= base && snap !== null) {
      office.busySince.set(peer, now);
      return this.ctx.call(peer, "installSnapshot", { term, leaderId: this.ctx.id, ...snap });
    }
    const prevLogIndex = Math.max(next - 1, base);
    const entries = idle ? ledger.slice(prevLogIndex + 1, BATCH) : [];
    if (entries.length > 0) office.busySince.set(peer, now);
    this.ctx.call(peer, "appendEntries", {
      term,
      leaderId: this.ctx.id,
      prevLogIndex,
      prevLogTerm: this.ledger.termAt(prevLogIndex) ?? 0,
      entries,
      leaderCommit: this.commit,
    });
  }

  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    const office = this.officeFor(from, reply.term, request.term);
    if (office === null) return;
    const { prevLogIndex, entries } = request;
    if (entries.length > 0) office.busySince.delete(from);
    if (reply.success) return this.learn(office, from, prevLogIndex + entries.length);
    const match = office.match.get(from) ?? 0;
    if (prevLogIndex <= match || prevLogIndex !== (office.next.get(from) ?? 1) - 1) return; // answered already
    const same = typeof reply.hint === "number" ? reply.hint : prevLogIndex - 1;
    office.next.set(from, Math.max(match, Math.min(same, prevLogIndex - 1)) + 1);
    this.send(office, from);
  }

  installSnapshotReply(from: ServerId, reply: InstallSnapshotReply, request: InstallSnapshotRequest): void {
    const office = this.officeFor(from, reply.term, request.term);
    if (office === null) return;
    office.busySince.delete(from);
    this.learn(office, from, request.lastIncludedIndex);
  }

  private officeFor(from: ServerId, replyTerm: number, requestTerm: number): Office | null {
    if (this.isDeposed(replyTerm) || requestTerm !== this.term) return null;
    this.office?.answeredAt.set(from, this.ctx.now());
    return this.office;
  }

  private learn(office: Office, peer: ServerId, index: number): void {
    const match = Math.max(index, office.match.get(peer) ?? 0);
    const next = Math.max(match + 1, office.next.get(peer) ?? 1);
    office.match.set(peer, match);
    office.next.set(peer, next);
    this.advance(office);
    if (next <= this.ledger.last && office.busySince.get(peer) === undefined) this.send(office, peer);
  }

  private advance(office: Office): void {
    for (
      let index = this.ledger.last;
      index > this.commit && this.ledger.termAt(index) === this.term;
      index--
    ) {
      const holders = this.ctx.peers.filter((peer) => (office.match.get(peer) ?? 0) >= index);
      if (!this.isMajority(holders.length + 1)) continue;
      this.commit = index;
      return this.settle();
    }
  }

  // Following

  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {
    const { prevLogIndex, prevLogTerm, entries, leaderCommit } = request;
    if (request.term < this.term) return { term: this.term, success: false };
    this.hearLeader(request.term);
    const success = prevLogIndex < this.ledger.base || this.ledger.termAt(prevLogIndex) === prevLogTerm;
    if (success) {
      entries.forEach((entry, i) => {
        if (this.ledger.accept(prevLogIndex + 1 + i, entry)) this.unsaved = true;
      });
      this.commit = Math.max(this.commit, Math.min(leaderCommit, prevLogIndex + entries.length));
    }
    this.settle();
    return { term: this.term, success, hint: this.commit };
  }

  installSnapshot(_from: ServerId, request: InstallSnapshotRequest): InstallSnapshotReply {
    const { lastIncludedIndex, lastIncludedTerm, data } = request;
    if (request.term < this.term) return { term: this.term };
    this.hearLeader(request.term);
    if (lastIncludedIndex > this.commit) {
      this.ledger.compact(lastIncludedIndex, lastIncludedTerm, data);
      this.commit = lastIncludedIndex;
      this.unsaved = true;
    }
    this.settle();
    return { term: this.term };
  }

  snapshot(index: number, data: PlainData): void {
    const term = this.ledger.termAt(index);
    if (index <= this.ledger.base || term === undefined) return;
    this.ledger.compact(index, term, data);
    this.unsaved = true;
    this.settle();
  }

  private isMajority(count: number): boolean {
    return 2 * count > this.ctx.peers.length + 1;
  }

  /** Saves what has changed, and hands on what is committed. */
  private settle(): void {
    const { term, vote, ledger } = this;
    const { snap, base } = ledger;
    if (this.unsaved) {
      this.ctx.save({ currentTerm: term, votedFor: vote, log: ledger.entries, snapshot: snap });
    }
    this.unsaved = false;
    if (snap !== null && this.applied < base) {
      this.applied = base;
      this.ctx.restore(base, snap.lastIncludedTerm, snap.data);
    }
    while (this.applied < this.commit) {
      this.applied += 1;
      const entry = ledger.at(this.applied);
      if (entry !== undefined) this.ctx.apply(this.applied, entry.term, entry.command);
    }
  }
}
