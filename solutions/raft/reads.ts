import type { CallId, PlainData, RaftContext, ServerId } from "@labs/kit";

/** Messages get lost, and leaders their followers: whoever has waited so long is told to try again (ms). */
const PATIENCE_MS = 300;

/** Who asks how far a read must be: the own service, by a token, or a follower, whose call is open. */
export type Asker = { readonly token: number } | { readonly call: CallId };

/** A question that a leader has not answered yet. */
interface Read {
  readonly asker: Asker;
  /** Whether the lease is good enough. */
  readonly lease: boolean;
  /** When it came, on this server's clock. */
  readonly askedAt: number;
  /** The commitIndex at that time; undefined if it could not be trusted yet. */
  readonly readIndex: number | undefined;
}

/** What a request carries, so that its reply tells when it was sent. */
type Stamp = { readonly sentAt: number };

/** Reads that write nothing to the log: what a leader owes to those who ask, and what a follower has asked (thesis, §6.4). */
export class Reads {
  private waiting: Read[] = [];
  /** As follower: when each token was asked about. */
  private readonly asked = new Map<number, number>();
  /** As leader: of all calls of this term that a follower has answered, when the last one was sent. */
  private answeredCalls = new Map<ServerId, number>();

  /** @param minElectionTimeout - for so long, on its own clock, whoever has heard its leader votes for nobody (ms) */
  constructor(
    private readonly ctx: RaftContext,
    private readonly minElectionTimeout: number,
  ) {}

  // ---------------------------------------------------------------------------------------------- As leader

  /** A new term: what was answered to an earlier one proves nothing. */
  lead(): void {
    this.answeredCalls = new Map();
  }

  /** What a call that asserts leadership carries, if somebody waits for its answer or a lease may come from it. */
  stamp(): { readonly hint?: Stamp } {
    return this.areWaiting || this.ctx.options.lease ? { hint: { sentAt: this.ctx.now() } } : {};
  }

  /** A follower has answered a call of this term. Answers overtake each other: the last call counts. */
  followed(peer: ServerId, hint: PlainData | undefined): void {
    if (hint === undefined) return;
    const { sentAt } = hint as Stamp;
    this.answeredCalls.set(peer, Math.max(sentAt, this.answeredCalls.get(peer) ?? sentAt));
  }

  /** @param readIndex - the commitIndex now, if an entry of the own term is committed */
  add(asker: Asker, lease: boolean, readIndex: number | undefined): void {
    this.watch();
    this.waiting.push({ asker, lease, askedAt: this.ctx.now(), readIndex });
  }

  get areWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Answers all for whose time this server is known to have led `term`, in which entry `commitIndex` is committed. */
  answer(term: number, commitIndex: number): void {
    const confirmed = this.confirmedUntil();
    const leased = this.ctx.now() < confirmed + this.leaseTime();
    const ready = ({ askedAt, lease }: Read): boolean => askedAt <= confirmed || (lease && leased);
    for (const { asker, readIndex } of this.waiting.filter(ready)) {
      this.tell(asker, term, readIndex ?? commitIndex);
    }
    this.waiting = this.waiting.filter((read) => !ready(read));
  }

  /** The leadership of `term` is over: others may commit, or have committed, what this server does not know. */
  giveUp(term: number): void {
    for (const { asker } of this.waiting) this.tell(asker, term, null);
    this.waiting = [];
  }

  /** At this time of the own clock the server was leader for sure: a majority, itself included, has answered what it sent then. */
  private confirmedUntil(): number {
    const needed = Math.floor((this.ctx.peers.length + 1) / 2); // with this server a majority
    if (needed === 0) return this.ctx.now();
    const newestFirst = [...this.answeredCalls.values()].sort((a, b) => b - a);
    return newestFirst[needed - 1] ?? -Infinity;
  }

  /**
   * For so long after a call was sent, on this clock, the follower that answered it keeps its promise (thesis, §6.4.1). Its clock may
   * run fast and this one slow.
   */
  private leaseTime(): number {
    const { lease, maxDrift = 0 } = this.ctx.options;
    return lease ? (this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift) : 0;
  }

  private tell(asker: Asker, term: number, index: number | null): void {
    if ("call" in asker) this.ctx.reply(asker.call, { term, index });
    else this.ready(asker.token, index);
  }

  // -------------------------------------------------------------------------------------------- As follower

  /** Asks the leader on behalf of the own service. */
  ask(leader: ServerId, token: number, term: number, lease: boolean): void {
    this.watch();
    this.asked.set(token, this.ctx.now());
    this.ctx.call(leader, "requestReadIndex", { term, lease, hint: { token } });
  }

  /** The leader has answered, perhaps for the second time, or too late. */
  told(hint: PlainData | undefined, index: number | null): void {
    const { token } = hint as { readonly token: number };
    if (this.asked.delete(token)) this.ready(token, index);
  }

  // --------------------------------------------------------------------------------------------------- Both

  /** The timer: nobody waits for ever, and nothing is remembered for ever. */
  expire(term: number): void {
    const late = this.ctx.now() - PATIENCE_MS;
    for (const [token, askedAt] of this.asked) if (askedAt <= late) this.told({ token }, null);
    for (const { asker, askedAt } of this.waiting) if (askedAt <= late) this.tell(asker, term, null);
    this.waiting = this.waiting.filter(({ askedAt }) => askedAt > late);
    const [oldest] = [...this.asked.values(), ...this.waiting.map(({ askedAt }) => askedAt)].sort(
      (a, b) => a - b,
    );
    if (oldest !== undefined) this.ctx.setTimer("reads", Math.ceil(oldest - late)); // a rounded 0 would ring for ever
  }

  /** Sets the timer for the first who waits. */
  private watch(): void {
    if (this.asked.size === 0 && !this.areWaiting) this.ctx.setTimer("reads", PATIENCE_MS);
  }

  /** Answers the own service. */
  ready(token: number, index: number | null): void {
    if (index === null) this.ctx.readReady(token);
    else this.ctx.readReady(token, index);
  }
}
