import type { RaftContext } from "@labs/kit";

const SHORTEST_MS = 350;

/** How long a server waits for others, and when it last heard a leader. */
export class Patience {
  #heard = Number.NEGATIVE_INFINITY;

  constructor(private readonly ctx: RaftContext) {
    this.renew();
  }

  renew(): void {
    this.ctx.setTimer("patience", SHORTEST_MS * (1 + this.ctx.random()));
  }

  stop(): void {
    this.ctx.cancelTimer("patience");
  }

  hearLeader(): void {
    this.#heard = this.ctx.now();
    this.renew();
  }

  get hearsLeader(): boolean {
    return this.ctx.now() - this.#heard < (this.ctx.options.minElectionTimeout ?? SHORTEST_MS);
  }
}
