import type {
  CallId,
  KvProtocol,
  KvServerContext,
  KvServerProgram,
  PlainData,
  RaftBelow,
  ServerId,
  SyncProtocol,
} from "@labs/kit";
import type { Command, Outcome } from "./store";
import { Store } from "./store";

/** A read that touches no log; without a key it is a sync. */
type Read = { readonly call: CallId; readonly key: string | null };
type Refusal = { status: "notLeader"; leader?: ServerId };

/** The service: gets that do not say how go through the log; whoever cannot be served is refused at once. */
export class KvServer implements KvServerProgram {
  private store = new Store();
  private applied = 0;
  private tokens = 0;
  private entries = new Map<number, { term: number; call: CallId }>();
  private asked = new Map<number, Read>();
  private due: (Read & { index: number })[] = [];

  constructor(
    private readonly ctx: KvServerContext,
    private readonly raft: RaftBelow,
  ) {}

  openSession(
    _from: ServerId,
    _request: KvProtocol["openSession"]["request"],
    call: CallId,
  ): KvProtocol["openSession"]["reply"] | "later" {
    return this.log(call, ["open"]);
  }

  clientRequest(
    _from: ServerId,
    r: KvProtocol["clientRequest"]["request"],
    call: CallId,
  ): KvProtocol["clientRequest"]["reply"] | "later" {
    return this.log(call, ["write", r.session, r.sequence, r.write]);
  }

  clientQuery(
    _from: ServerId,
    { key, read, atLeast }: KvProtocol["clientQuery"]["request"],
    call: CallId,
  ): KvProtocol["clientQuery"]["reply"] | "later" {
    if (read === "session") {
      if (this.applied < (atLeast ?? 0)) return this.refusal();
      return { status: "ok", index: this.applied, answer: this.store.get(key) };
    }
    if (read === undefined || read === "log") return this.log(call, ["get", key]);
    if (read !== "follower" && !this.raft.status().isLeader) return this.refusal();
    return this.ask({ call, key }, read !== "readIndex");
  }

  sync(
    _from: ServerId,
    _request: SyncProtocol["sync"]["request"],
    call: CallId,
  ): SyncProtocol["sync"]["reply"] | "later" {
    return this.ask({ call, key: null }, true);
  }

  apply(index: number, term: number, command: PlainData): void {
    this.applied = index;
    const outcome = this.store.execute(
      index,
      command as unknown as Command,
      this.ctx.options.maxSessions ?? Infinity,
    );
    const waiting = this.entries.get(index);
    if (waiting !== undefined) {
      this.entries.delete(index);
      if (waiting.term === term) this.tell(waiting.call, outcome);
      else this.ctx.reply(waiting.call, this.refusal());
    }
    this.settle();
    const max = this.ctx.options.maxStateBytes;
    if (max !== undefined && this.ctx.savedBytes() > max) this.raft.snapshot(index, this.store.image());
  }

  restore(index: number, _term: number, data: PlainData): void {
    this.applied = index;
    this.store.become(data);
    this.dismiss();
    this.settle();
  }

  leadership(_term: number, isLeader: boolean): void {
    this.dismiss();
    if (isLeader) this.raft.propose(["noop"]);
  }

  readReady(token: number, index?: number): void {
    const read = this.asked.get(token);
    if (read === undefined) return;
    this.asked.delete(token);
    if (index === undefined) return this.ctx.reply(read.call, this.refusal());
    this.due.push({ ...read, index });
    this.settle();
  }

  private log(call: CallId, command: Command): Refusal | "later" {
    const place = this.raft.propose(command);
    if (place === undefined) return this.refusal();
    this.entries.set(place.index, { term: place.term, call });
    return "later";
  }

  private ask(read: Read, lease: boolean): "later" {
    this.tokens += 1;
    this.asked.set(this.tokens, read);
    this.raft.readIndex(this.tokens, lease);
    return "later";
  }

  private refusal(): Refusal {
    const { leader } = this.raft.status();
    return leader === undefined || leader === this.ctx.id
      ? { status: "notLeader" }
      : { status: "notLeader", leader };
  }

  private tell(call: CallId, outcome: Outcome): void {
    if (outcome === "expired") this.ctx.reply(call, { status: "sessionExpired" });
    else if (typeof outcome === "string") this.ctx.reply(call, this.refusal());
    else this.ctx.reply(call, { status: "ok", index: this.applied, ...outcome });
  }

  /** Their entries may be lost, or come without a word to us: they ask again, and their sessions know. */
  private dismiss(): void {
    for (const { call } of this.entries.values()) this.ctx.reply(call, this.refusal());
    this.entries.clear();
  }

  private settle(): void {
    const ready = this.due.filter(({ index }) => index <= this.applied);
    if (ready.length === 0) return;
    this.due = this.due.filter(({ index }) => index > this.applied);
    for (const { call, key } of ready) {
      const answer = key === null ? {} : { answer: this.store.get(key) };
      this.ctx.reply(call, { status: "ok", index: this.applied, ...answer });
    }
  }
}
