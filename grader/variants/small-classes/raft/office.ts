import type { RaftContext, ServerId } from "@labs/kit";

const HEARTBEAT_MS = 100;
/** Who has not answered for so long does not back the leader any more. */
const SILENCE_MS = 700;

/** What a leader does as long as it leads. */
export class Office {
  readonly #answered = new Map<ServerId, number>();

  constructor(
    private readonly ctx: RaftContext,
    readonly term: number,
  ) {
    for (const peer of ctx.peers) this.answer(peer);
    this.beat();
  }

  beat(): void {
    this.ctx.setTimer("beat", HEARTBEAT_MS);
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "appendEntries", {
        term: this.term,
        leaderId: this.ctx.id,
        prevLogIndex: 0,
        prevLogTerm: 0,
        entries: [],
        leaderCommit: 0,
      });
    }
  }

  answer(from: ServerId): void {
    this.#answered.set(from, this.ctx.now());
  }

  get isBacked(): boolean {
    const since = this.ctx.now() - SILENCE_MS;
    const backers = [...this.#answered.values()].filter((at) => at >= since).length;
    return (backers + 1) * 2 > this.ctx.peers.length + 1;
  }

  close(): void {
    this.ctx.cancelTimer("beat");
  }
}
