import type {
  KvClientContext,
  KvClientProgram,
  KvProtocol,
  KvRequest,
  KvResult,
  KvWrite,
  PlainData,
  ServerId,
  SyncProtocol,
} from "@labs/kit";

const PATIENCE = 250;
const PAUSE = 60;

/** Each request has a number of its own, and each operation knows the first that belongs to it. */
export class KvClient implements KvClientProgram {
  private op: KvRequest | null = null;
  private serial = 0;
  private first = 0;
  private at: ServerId;
  private tried: ServerId[] = [];
  private leader: ServerId;
  private session = 0;
  private sequence = 0;
  private seen = 0;

  constructor(private readonly ctx: KvClientContext) {
    this.at = this.leader = ctx.peers[ctx.id % ctx.peers.length] ?? 0;
  }

  invoke(request: KvRequest): void {
    this.op = request;
    this.first = this.serial + 1;
    if (isWrite(request)) this.sequence += 1;
    this.round(this.nearby() ? this.at : this.leader);
  }

  openSessionReply(
    from: ServerId,
    reply: KvProtocol["openSession"]["reply"],
    { hint }: KvProtocol["openSession"]["request"],
  ): void {
    if (this.op === null || this.session > 0 || !this.isOurs(hint)) return;
    if (reply.status !== "ok") return this.refused(hint, reply.leader);
    this.session = reply.session;
    this.seen = Math.max(this.seen, reply.index);
    this.round(from);
  }

  clientRequestReply(
    from: ServerId,
    reply: KvProtocol["clientRequest"]["reply"],
    { session, sequence, hint }: KvProtocol["clientRequest"]["request"],
  ): void {
    if (!this.isOurs(hint) || session !== this.session || sequence !== this.sequence) return;
    if (reply.status === "ok") return this.end(from, reply.index, reply.answer);
    if (reply.status === "notLeader") return this.refused(hint, reply.leader);
    this.session = 0;
    this.sequence = 0;
    this.end(from, 0, "unknown");
  }

  clientQueryReply(
    from: ServerId,
    reply: KvProtocol["clientQuery"]["reply"],
    { hint }: KvProtocol["clientQuery"]["request"],
  ): void {
    if (!this.isOurs(hint)) return;
    if (reply.status === "ok") this.end(from, reply.index, reply.answer);
    else this.refused(hint, reply.leader);
  }

  syncReply(
    from: ServerId,
    reply: SyncProtocol["sync"]["reply"],
    { hint }: SyncProtocol["sync"]["request"],
  ): void {
    if (!this.isOurs(hint)) return;
    if (reply.status === "ok") this.end(from, reply.index, { index: reply.index });
    else this.refused(hint, reply.leader);
  }

  timer(): void {
    this.onward(undefined);
  }

  /** True for an answer to a request of the open operation, however late. */
  private isOurs(hint: PlainData | undefined): boolean {
    return this.op !== null && typeof hint === "number" && hint >= this.first;
  }

  /** These ask anybody; we stay with whoever answered last. */
  private nearby(): boolean {
    const op = this.op;
    return op?.kind === "sync" || (op?.kind === "get" && (op.read === "follower" || op.read === "session"));
  }

  private end(from: ServerId, index: number, result: KvResult): void {
    this.seen = Math.max(this.seen, index);
    if (this.nearby()) this.at = from;
    else this.leader = from;
    this.op = null;
    this.ctx.cancelTimer("next");
    this.ctx.done(result);
  }

  /** Only a refusal of the latest request makes us move; whoever sent an older one has been left already. */
  private refused(hint: PlainData | undefined, leader: ServerId | undefined): void {
    if (hint !== this.serial) return;
    if (this.tried.length === this.ctx.peers.length) this.ctx.setTimer("next", PAUSE);
    else this.onward(leader);
  }

  private onward(wish: ServerId | undefined): void {
    const { peers } = this.ctx;
    const last = peers.indexOf(this.tried.at(-1) ?? -1);
    const order = [...peers.slice(last + 1), ...peers.slice(0, last + 1)];
    const fresh = order.filter((p) => !this.tried.includes(p));
    const to = wish !== undefined && fresh.includes(wish) ? wish : (fresh[0] ?? order[0]);
    if (to === undefined) return;
    if (fresh.length === 0) this.round(to);
    else this.send(to);
  }

  private round(to: ServerId): void {
    this.tried = [];
    this.send(to);
  }

  private send(to: ServerId): void {
    const op = this.op;
    if (op === null) return;
    this.tried.push(to);
    this.serial += 1;
    this.ctx.setTimer("next", PATIENCE);
    const hint = this.serial;
    if (op.kind === "sync") this.ctx.call(to, "sync", { hint });
    else if (op.kind === "get") {
      const read = op.read === undefined ? {} : { read: op.read };
      const atLeast = op.read === "session" ? { atLeast: this.seen } : {};
      this.ctx.call(to, "clientQuery", { key: op.key, ...read, ...atLeast, hint });
    } else if (this.session === 0) this.ctx.call(to, "openSession", { hint });
    else {
      const { session, sequence } = this;
      this.ctx.call(to, "clientRequest", { session, sequence, write: op, hint });
    }
  }
}

function isWrite(request: KvRequest): request is KvWrite {
  return request.kind !== "get" && request.kind !== "sync";
}
