import type { CallId, PlainData, RaftContext, ServerId } from "@labs/kit";

type Stamp = { readonly n: number; readonly at: number };
type Asker = { readonly token: number } | { readonly call: CallId };
type Question = { asker: Asker; since: number; lease: boolean; after: number; index: number | null };

/**
 * Who wants to read. Calls are counted; an answer brings back the number of its call, and when that was sent. A question
 * remembers how many there were before it, so that older ones do not count for it.
 */
export class Reads {
  private calls = 0;
  private acked = new Map<ServerId, Stamp>();
  private questions: Question[] = [];
  private forwarded = new Map<number, number>();
  constructor(private readonly ctx: RaftContext) {}

  stamp(): Stamp {
    this.calls += 1;
    return { n: this.calls, at: this.ctx.now() };
  }
  ack(f: ServerId, hint: PlainData | undefined) {
    const stamp = hint as Stamp;
    if (stamp.n > (this.acked.get(f)?.n ?? 0)) this.acked.set(f, stamp);
  }
  ask(asker: Asker, lease: boolean): Question {
    const q = { asker, since: this.ctx.now(), lease, after: this.calls, index: null };
    this.questions.push(q);
    this.watch();
    return q;
  }
  isOpen(q: Question) {
    return this.questions.includes(q);
  }
  /** `commit` is of the leader's own term. */
  settle(commit: number, term: number) {
    const safe = this.questions.some((q) => q.lease) && this.safe();
    const open: Question[] = [];
    for (const q of this.questions) {
      q.index ??= commit;
      if ((q.lease && safe) || this.majority(({ n }) => n > q.after)) this.answer(q.asker, q.index, term);
      else open.push(q);
    }
    this.questions = open;
  }
  /** The promises began when our call came, so after it was sent; at worst their clocks run fast and ours runs slow. */
  private safe() {
    const { lease, minElectionTimeout = 0, maxDrift = 0 } = this.ctx.options;
    const long = (minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift);
    return lease === true && this.majority(({ at }) => this.ctx.now() - at < long);
  }
  private majority(holds: (stamp: Stamp) => boolean) {
    const others = [...this.acked.values()].filter(holds).length;
    return (others + 1) * 2 > this.ctx.peers.length + 1;
  }
  /** The leadership of `term` is over. */
  end(term: number) {
    for (const q of this.questions) this.answer(q.asker, null, term);
    this.questions = [];
    this.acked.clear();
  }
  forward(leader: ServerId, term: number, lease: boolean, token: number) {
    this.ctx.call(leader, "requestReadIndex", { term, lease, hint: token });
    this.forwarded.set(token, this.ctx.now());
    this.watch();
  }
  heard(token: number, index: number | null) {
    if (this.forwarded.delete(token)) this.answer({ token }, index, 0);
  }
  private answer(asker: Asker, index: number | null, term: number) {
    if ("call" in asker) this.ctx.reply(asker.call, { term, index });
    else if (index === null) this.ctx.readReady(asker.token);
    else this.ctx.readReady(asker.token, index);
  }
  /** For the first that waits; were the timer set anew for each, a stream of questions would never let it ring. */
  private watch() {
    if (this.questions.length + this.forwarded.size === 1) this.ctx.setTimer("tired", 50);
  }
  giveUp(term: number) {
    const late = (since: number) => this.ctx.now() - since > 300;
    const tired = this.questions.filter((q) => late(q.since));
    this.questions = this.questions.filter((q) => !late(q.since));
    for (const q of tired) this.answer(q.asker, null, term);
    for (const [token, since] of this.forwarded) if (late(since)) this.heard(token, null);
    if (this.questions.length + this.forwarded.size > 0) this.ctx.setTimer("tired", 50);
  }
}
