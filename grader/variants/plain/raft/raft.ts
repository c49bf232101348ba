import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  CallId,
  InstallSnapshotReply,
  InstallSnapshotRequest,
  LogEntry,
  PlainData,
  Proposal,
  RaftContext,
  RaftState,
  RaftStatus,
  ReadIndexReply,
  ReadIndexRequest,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
  Snapshot,
} from "@labs/kit";
import { Reads } from "./reads";

/** Labs 2 to 5 as plainly as the handouts allow: no pre-vote, one small class, short names. */
export class Raft {
  private term = 0;
  private vote: ServerId | null = null;
  private log: LogEntry[] = [];
  private snap: Snapshot | null = null;
  private role = "follower";
  private commit = 0;
  private applied = 0;
  private votes: ServerId[] = [];
  private next: Record<number, number> = {};
  private match: Record<number, number> = {};
  private open: Record<number, number> = {};
  private leader: ServerId | null = null;
  private heard: number;
  private round = false;
  private readonly reads: Reads;
  constructor(
    private readonly ctx: RaftContext,
    saved: RaftState | undefined,
  ) {
    this.heard = ctx.now();
    this.reads = new Reads(ctx);
    if (saved) {
      this.term = saved.currentTerm;
      this.vote = saved.votedFor;
      this.log = [...saved.log];
      this.snap = saved.snapshot;
      if (this.snap) {
        this.ctx.restore(this.base(), this.snap.lastIncludedTerm, this.snap.data);
        this.commit = this.applied = this.base();
      }
    }
    this.wait();
  }
  status(): RaftStatus {
    const known = { term: this.term, isLeader: this.role === "leader" };
    return this.leader === null ? known : { ...known, leader: this.leader };
  }
  private base() {
    return this.snap?.lastIncludedIndex ?? 0;
  }
  private last() {
    return this.base() + this.log.length;
  }
  private termAt(i: number): number {
    if (i === this.base()) return this.snap?.lastIncludedTerm ?? 0;
    return this.log[i - this.base() - 1]?.term ?? -1;
  }
  private save() {
    this.ctx.save({ currentTerm: this.term, votedFor: this.vote, log: this.log, snapshot: this.snap });
  }
  private wait() {
    this.ctx.setTimer("election", 400 + this.ctx.random() * 400);
  }
  private higher(t: number) {
    if (t > this.term) {
      this.down();
      this.leader = null;
      this.term = t;
      this.vote = null;
      this.save();
    }
  }
  private down() {
    if (this.role === "leader") {
      this.ctx.cancelTimer("beat");
      this.ctx.cancelTimer("flush");
      this.wait();
      this.reads.end(this.term);
      this.round = false;
      this.ctx.leadership(this.term, false);
    }
    this.role = "follower";
  }
  timer(name: string) {
    if (name === "election") this.campaign();
    else if (name === "beat") {
      this.ctx.setTimer("beat", 100);
      for (const p of this.ctx.peers) this.send(p, true);
    } else if (name === "flush") {
      for (const p of this.ctx.peers) this.send(p, this.round);
      this.round = false;
      this.count();
    } else if (name === "tired") this.reads.giveUp(this.term);
  }
  private campaign() {
    if (this.promised()) return this.wait();
    this.role = "candidate";
    this.leader = null;
    this.term += 1;
    this.vote = this.ctx.id;
    this.votes = [this.ctx.id];
    this.save();
    this.wait();
    for (const p of this.ctx.peers)
      this.ctx.call(p, "requestVote", {
        term: this.term,
        candidateId: this.ctx.id,
        lastLogIndex: this.last(),
        lastLogTerm: this.termAt(this.last()),
      });
    this.won();
  }
  private won() {
    if (this.votes.length * 2 <= this.ctx.peers.length + 1) return;
    this.role = "leader";
    this.leader = this.ctx.id;
    this.ctx.cancelTimer("election");
    for (const p of this.ctx.peers) {
      this.next[p] = this.last() + 1;
      this.match[p] = 0;
      this.open[p] = -1e9;
    }
    this.timer("beat");
    this.ctx.leadership(this.term, true);
  }
  requestVote(_f: ServerId, r: RequestVoteRequest): RequestVoteReply {
    if (this.promised()) return { term: this.term, voteGranted: false };
    this.higher(r.term);
    const lt = this.termAt(this.last());
    const ok =
      r.term === this.term &&
      (this.vote === null || this.vote === r.candidateId) &&
      (r.lastLogTerm > lt || (r.lastLogTerm === lt && r.lastLogIndex >= this.last()));
    if (ok) {
      this.vote = r.candidateId;
      this.save();
      this.wait();
    }
    return { term: this.term, voteGranted: ok };
  }
  requestVoteReply(f: ServerId, a: RequestVoteReply, r: RequestVoteRequest) {
    this.higher(a.term);
    if (this.role !== "candidate" || r.term !== this.term || !a.voteGranted || this.votes.includes(f)) return;
    this.votes.push(f);
    this.won();
  }
  propose(command: PlainData): Proposal | undefined {
    if (this.role !== "leader") return undefined;
    this.log.push({ term: this.term, command });
    this.save();
    this.ctx.setTimer("flush", 0);
    return { index: this.last(), term: this.term };
  }
  /** One call with entries at a time; after 100 ms without an answer the next heartbeat carries them again. */
  private send(p: ServerId, beat: boolean) {
    const next = this.next[p] ?? 1;
    const busy = this.ctx.now() - (this.open[p] ?? -1e9) < 99;
    if (busy && !beat) return;
    if (next <= this.base() && this.snap && !busy) {
      this.open[p] = this.ctx.now();
      this.ctx.call(p, "installSnapshot", {
        term: this.term,
        leaderId: this.ctx.id,
        ...this.snap,
        hint: this.reads.stamp(),
      });
      return;
    }
    const prev = Math.max(next - 1, this.base());
    const entries = busy ? [] : this.log.slice(prev - this.base(), prev - this.base() + 256);
    if (entries.length > 0) this.open[p] = this.ctx.now();
    else if (!beat) return;
    this.ctx.call(p, "appendEntries", {
      term: this.term,
      leaderId: this.ctx.id,
      prevLogIndex: prev,
      prevLogTerm: this.termAt(prev),
      entries,
      leaderCommit: this.commit,
      hint: this.reads.stamp(),
    });
  }
  appendEntries(_f: ServerId, r: AppendEntriesRequest): AppendEntriesReply {
    this.higher(r.term);
    if (r.term < this.term) return { term: this.term, success: false };
    this.follow(r.leaderId);
    if (r.prevLogIndex >= this.base() && this.termAt(r.prevLogIndex) !== r.prevLogTerm)
      return {
        term: this.term,
        success: false,
        hint: Math.min(this.last() + 1, this.firstOf(r.prevLogIndex)),
      };
    let changed = false;
    r.entries.forEach((e, k) => {
      const i = r.prevLogIndex + 1 + k;
      if (i <= this.base() || this.termAt(i) === e.term) return;
      this.log.length = i - this.base() - 1;
      this.log.push(e);
      changed = true;
    });
    if (changed) this.save();
    this.upTo(Math.min(r.leaderCommit, r.prevLogIndex + r.entries.length));
    return { term: this.term, success: true };
  }
  private follow(leader: ServerId) {
    this.down();
    this.wait();
    this.leader = leader;
    this.heard = this.ctx.now();
  }
  private firstOf(i: number) {
    const t = this.termAt(i);
    if (t < 0) return this.last() + 1;
    while (i - 1 > this.base() && this.termAt(i - 1) === t) i--;
    return i;
  }
  appendEntriesReply(f: ServerId, a: AppendEntriesReply, r: AppendEntriesRequest) {
    this.higher(a.term);
    if (this.role !== "leader" || r.term !== this.term) return;
    this.reads.ack(f, r.hint);
    this.settle();
    if (a.success) return this.holds(f, r.prevLogIndex + r.entries.length);
    if (r.prevLogIndex !== (this.next[f] ?? 1) - 1) return;
    this.open[f] = -1e9;
    this.next[f] = Math.max(
      (this.match[f] ?? 0) + 1,
      Math.min(r.prevLogIndex, (a.hint as number | undefined) ?? r.prevLogIndex),
    );
    this.send(f, true);
  }
  private holds(f: ServerId, i: number) {
    if (i > (this.match[f] ?? 0)) {
      this.match[f] = i;
      this.open[f] = -1e9;
    }
    this.next[f] = Math.max(this.next[f] ?? 1, (this.match[f] ?? 0) + 1);
    this.count();
    if ((this.next[f] ?? 1) <= this.last()) this.send(f, false);
  }
  private count() {
    const held = [this.last(), ...this.ctx.peers.map((p) => this.match[p] ?? 0)].sort((x, y) => y - x);
    const n = held[Math.floor(held.length / 2)] ?? 0;
    if (n > this.commit && this.termAt(n) === this.term) this.upTo(n);
    this.settle();
  }
  private upTo(n: number) {
    this.commit = Math.max(this.commit, n);
    while (this.applied < this.commit) {
      const e = this.log[this.applied - this.base()];
      if (!e) return;
      this.applied++;
      this.ctx.apply(this.applied, e.term, e.command);
    }
  }
  snapshot(index: number, data: PlainData) {
    if (index <= this.base()) return;
    const t = this.termAt(index);
    this.log = this.log.slice(index - this.base());
    this.snap = { lastIncludedIndex: index, lastIncludedTerm: t, data };
    this.save();
  }
  installSnapshot(_f: ServerId, r: InstallSnapshotRequest): InstallSnapshotReply {
    this.higher(r.term);
    if (r.term < this.term) return { term: this.term };
    this.follow(r.leaderId);
    if (r.lastIncludedIndex <= this.commit) return { term: this.term };
    this.log =
      this.termAt(r.lastIncludedIndex) === r.lastIncludedTerm
        ? this.log.slice(r.lastIncludedIndex - this.base())
        : [];
    this.snap = {
      lastIncludedIndex: r.lastIncludedIndex,
      lastIncludedTerm: r.lastIncludedTerm,
      data: r.data,
    };
    this.save();
    this.ctx.restore(this.base(), r.lastIncludedTerm, r.data);
    this.commit = this.applied = this.base();
    return { term: this.term };
  }
  installSnapshotReply(f: ServerId, a: InstallSnapshotReply, r: InstallSnapshotRequest) {
    this.higher(a.term);
    if (this.role !== "leader" || r.term !== this.term) return;
    this.reads.ack(f, r.hint);
    this.settle();
    this.holds(f, r.lastIncludedIndex);
  }

  private promised() {
    const { lease, minElectionTimeout = 0 } = this.ctx.options;
    return lease === true && this.ctx.now() - this.heard < minElectionTimeout;
  }
  private settle() {
    if (this.role === "leader" && this.termAt(this.commit) === this.term)
      this.reads.settle(this.commit, this.term);
  }
  private ask(asker: { token: number } | { call: CallId }, lease: boolean) {
    const question = this.reads.ask(asker, lease);
    this.settle();
    if (!this.reads.isOpen(question)) return;
    this.round = true;
    this.ctx.setTimer("flush", 0);
  }
  readIndex(token: number, lease: boolean) {
    if (this.role === "leader") this.ask({ token }, lease);
    else if (this.leader === null) this.ctx.readReady(token);
    else this.reads.forward(this.leader, this.term, lease, token);
  }
  requestReadIndex(_f: ServerId, r: ReadIndexRequest, call: CallId): ReadIndexReply | "later" {
    this.higher(r.term);
    if (this.role !== "leader") return { term: this.term, index: null };
    this.ask({ call }, r.lease);
    return "later";
  }
  requestReadIndexReply(_f: ServerId, a: ReadIndexReply, r: ReadIndexRequest) {
    this.higher(a.term);
    this.reads.heard(r.hint as number, a.index);
  }
}
