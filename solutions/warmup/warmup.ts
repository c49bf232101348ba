import type {
  AddRequest,
  CallId,
  CountReply,
  PingReply,
  PingRequest,
  ServerId,
  WaitForRequest,
  WarmupContext,
  WarmupProgram,
  WarmupState,
} from "@labs/kit";

/** A ping that is not answered is sent again after this, drawn anew each time (ms). */
const RETRY_MS = { min: 200, max: 400 };

/** A call that is answered once the counter has come far enough. */
interface Waiting {
  readonly call: CallId;
  readonly atLeast: number;
}

/** A ping with retry, a counter that survives a crash, and a reply given later. */
export class Warmup implements WarmupProgram {
  // Durable: equal to what is on the disk whenever a handler ends.
  private count = 0;

  // Gone with a crash; so are the callers' calls, and whoever still wants to know asks again.
  private waiting: Waiting[] = [];
  private readonly unanswered = new Set<ServerId>();
  private readonly rtts = new Map<ServerId, number>();
  /** When each round of pings left, on this server's clock; its index is the number in the ping. */
  private readonly sentAt: number[] = [];

  constructor(
    private readonly ctx: WarmupContext,
    saved: WarmupState | undefined,
  ) {
    if (saved === undefined) return;
    this.count = saved.count;
    this.ctx.note("is back", { count: this.count });
  }

  // ------------------------------------------------------------------------------- Exercise 1: ping, again

  startPings(): void {
    for (const peer of this.ctx.peers) this.unanswered.add(peer);
    this.sendPings();
  }

  private sendPings(): void {
    const n = this.sentAt.length;
    this.sentAt.push(this.ctx.now());
    for (const peer of this.unanswered) this.ctx.call(peer, "ping", { n });
    const { min, max } = RETRY_MS;
    this.ctx.setTimer("retry", min + this.ctx.random() * (max - min));
  }

  timer(name: string): void {
    if (name === "retry") this.sendPings();
  }

  ping(_from: ServerId, request: PingRequest): PingReply {
    return { n: request.n, server: this.ctx.id };
  }

  pingReply(from: ServerId, _reply: PingReply, request: PingRequest): void {
    if (!this.unanswered.delete(from)) return; // an earlier answer has settled it
    const sentAt = this.sentAt[request.n];
    if (sentAt !== undefined) this.rtts.set(from, this.ctx.now() - sentAt);
    if (this.unanswered.size === 0) this.ctx.cancelTimer("retry");
  }

  rtt(peer: ServerId): number | null {
    return this.rtts.get(peer) ?? null;
  }

  // --------------------------------------------------------------- Exercise 2: a counter that survives a crash

  add(_from: ServerId, request: AddRequest): CountReply {
    this.count += request.amount;
    this.ctx.save({ count: this.count }); // before any answer leaves
    this.answerWaiting();
    return { count: this.count };
  }

  // --------------------------------------------------------------------- Exercise 3: a reply given later

  waitFor(_from: ServerId, request: WaitForRequest, call: CallId): CountReply | "later" {
    if (this.count >= request.atLeast) return { count: this.count };
    this.waiting.push({ call, atLeast: request.atLeast });
    return "later";
  }

  private answerWaiting(): void {
    for (const { call, atLeast } of this.waiting) {
      if (this.count >= atLeast) this.ctx.reply(call, { count: this.count });
    }
    this.waiting = this.waiting.filter(({ atLeast }) => this.count < atLeast);
  }
}
