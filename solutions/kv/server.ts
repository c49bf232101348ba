import type {
  CallId,
  KvAnswer,
  KvProtocol,
  KvServerContext,
  KvServerProgram,
  KvWrite,
  NotLeader,
  PlainData,
  RaftBelow,
  ServerId,
  SyncProtocol,
} from "@labs/kit";
import { Sessions, type Session } from "./sessions";
import { Store, type StoredKey } from "./store";

/** What this service writes into the log. */
type Command =
  | { readonly kind: "noop" }
  | { readonly kind: "open" }
  | { readonly kind: "write"; readonly session: number; readonly sequence: number; readonly write: KvWrite }
  | { readonly kind: "read"; readonly key: string };

/** What this service keeps in a snapshot. */
type Image = { readonly keys: readonly StoredKey[]; readonly sessions: readonly Session[] };

/** What a client is told once its command has been executed. */
type Outcome =
  | { readonly status: "ok"; readonly session: number }
  | { readonly status: "ok"; readonly answer: KvAnswer }
  | { readonly status: "sessionExpired" };

/** A read, or a sync, that waits: for its index, or until that is applied. */
interface Read {
  readonly call: CallId;
  /** Absent: a sync. */
  readonly key?: string;
}

/** A key/value service as a replicated state machine on Raft (§8; thesis, chapter 6). */
export class KvServer implements KvServerProgram {
  // The replicated state: the same on every server that has applied as much.
  private store = new Store();
  private sessions: Sessions;
  private lastApplied = 0;

  // Of this server alone: who waits for what.
  /** Requests whose command is on its way, by the index at which Raft put it. */
  private readonly proposed = new Map<number, { readonly term: number; readonly call: CallId }>();
  /** Reads that wait for their index, by token. */
  private readonly asked = new Map<number, Read>();
  /** Reads that wait until this server has applied their index. */
  private behind: (Read & { readonly index: number })[] = [];
  private lastToken = 0;
  /** What the last snapshot had to leave in Raft's state: entries that were not applied yet (bytes). */
  private unfinished = 0;

  constructor(
    private readonly ctx: KvServerContext,
    private readonly raft: RaftBelow,
  ) {
    this.sessions = new Sessions(this.maxSessions);
  }

  // ------------------------------------------------------------------------------------------------- Writes

  openSession(
    _from: ServerId,
    _request: KvProtocol["openSession"]["request"],
    call: CallId,
  ): "later" | NotLeader {
    return this.propose({ kind: "open" }, call);
  }

  clientRequest(
    _from: ServerId,
    { session, sequence, write }: KvProtocol["clientRequest"]["request"],
    call: CallId,
  ): "later" | NotLeader {
    return this.propose({ kind: "write", session, sequence, write }, call);
  }

  /** The answer follows when the command is executed, or when that can no longer be hoped for. */
  private propose(command: Command, call: CallId): "later" | NotLeader {
    const proposal = this.raft.propose(command);
    if (proposal === undefined) return this.notLeader();
    const { index, term } = proposal;
    this.giveUp(index); // an earlier leadership of this server had put something else there
    this.proposed.set(index, { term, call });
    return "later";
  }

  leadership(_term: number, isLeader: boolean): void {
    // Until an entry of the new term is committed, a leader does not know what else is (thesis, §6.4, step 1).
    if (isLeader) this.raft.propose({ kind: "noop" } satisfies Command);
    else for (const index of [...this.proposed.keys()]) this.giveUp(index);
  }

  apply(index: number, term: number, command: PlainData): void {
    const outcome = this.execute(index, command as Command);
    this.lastApplied = index;
    const waiting = this.proposed.get(index);
    if (waiting?.term === term && outcome !== undefined) {
      this.proposed.delete(index);
      this.ctx.reply(waiting.call, outcome.status === "ok" ? { ...outcome, index } : outcome);
    } else {
      this.giveUp(index); // another leader's command took the place
    }
    this.catchUp();
    this.compact();
  }

  private execute(index: number, command: Command): Outcome | undefined {
    switch (command.kind) {
      case "noop":
        return undefined;
      case "open":
        this.sessions.open(index);
        return { status: "ok", session: index };
      case "write": {
        const { session, sequence, write } = command;
        const answer = this.sessions.once(session, sequence, () => this.store.execute(write));
        return answer === undefined ? { status: "sessionExpired" } : { status: "ok", answer };
      }
      case "read":
        return { status: "ok", answer: this.store.get(command.key) };
    }
  }

  /** Tells a client to try elsewhere. Its command may be executed all the same; the session sees to it that it is not executed twice. */
  private giveUp(index: number): void {
    const waiting = this.proposed.get(index);
    if (waiting === undefined) return;
    this.proposed.delete(index);
    this.ctx.reply(waiting.call, this.notLeader());
  }

  // -------------------------------------------------------------------------------------------------- Reads

  clientQuery(
    _from: ServerId,
    { key, read = "readIndex", atLeast = 0 }: KvProtocol["clientQuery"]["request"],
    call: CallId,
  ): KvProtocol["clientQuery"]["reply"] | "later" {
    switch (read) {
      case "log":
        return this.propose({ kind: "read", key }, call);
      case "readIndex":
      case "lease":
        if (!this.raft.status().isLeader) return this.notLeader();
        return this.askIndex({ call, key }, read === "lease");
      case "follower":
        return this.askIndex({ call, key }, true);
      case "session":
        return this.when(atLeast, { call, key });
    }
  }

  sync(
    _from: ServerId,
    _request: SyncProtocol["sync"]["request"],
    call: CallId,
  ): SyncProtocol["sync"]["reply"] | "later" {
    return this.askIndex({ call }, true);
  }

  /** Asks Raft how far this server must have applied the log (thesis, §6.4). */
  private askIndex(read: Read, mayLease: boolean): "later" {
    const token = ++this.lastToken;
    this.asked.set(token, read);
    this.raft.readIndex(token, mayLease && this.ctx.options.lease === true);
    return "later";
  }

  readReady(token: number, index?: number): void {
    const read = this.asked.get(token);
    if (read === undefined) return;
    this.asked.delete(token);
    if (index === undefined) this.ctx.reply(read.call, this.notLeader());
    else this.when(index, read);
  }

  /** Answers a read as soon as entry `index` is applied. */
  private when(index: number, read: Read): "later" {
    this.behind.push({ ...read, index });
    this.catchUp();
    return "later";
  }

  private catchUp(): void {
    const ready = this.behind.filter(({ index }) => index <= this.lastApplied);
    if (ready.length === 0) return;
    this.behind = this.behind.filter(({ index }) => index > this.lastApplied);
    for (const { call, key } of ready) {
      const ok = { status: "ok", index: this.lastApplied } as const;
      this.ctx.reply(call, key === undefined ? ok : { ...ok, answer: this.store.get(key) });
    }
  }

  // ---------------------------------------------------------------------------------------------- Snapshots

  /** Raft's state has grown too large: what has been applied may go (§7). */
  private compact(): void {
    const { maxStateBytes } = this.ctx.options;
    if (maxStateBytes === undefined || this.ctx.savedBytes() <= maxStateBytes + this.unfinished) return;
    const image: Image = { keys: this.store.toData(), sessions: this.sessions.toData() };
    this.raft.snapshot(this.lastApplied, image);
    this.unfinished = this.ctx.savedBytes();
  }

  restore(index: number, _term: number, data: PlainData): void {
    const { keys, sessions } = data as Image;
    this.store = new Store(keys);
    this.sessions = new Sessions(this.maxSessions, sessions);
    this.lastApplied = index;
    for (const passed of [...this.proposed.keys()]) if (passed <= index) this.giveUp(passed);
    this.catchUp();
  }

  // ------------------------------------------------------------------------------------------------ Helpers

  private get maxSessions(): number {
    return this.ctx.options.maxSessions ?? Infinity;
  }

  private notLeader(): NotLeader {
    const { leader } = this.raft.status();
    return leader === undefined ? { status: "notLeader" } : { status: "notLeader", leader };
  }
}
