import type { RaftContext, RaftState, ServerId } from "@labs/kit";

/** Term and vote, and the disk below them. */
export class Ledger {
  readonly #ctx: RaftContext;
  #term: number;
  #vote: ServerId | undefined;

  constructor(ctx: RaftContext, saved: RaftState | undefined) {
    this.#ctx = ctx;
    this.#term = saved?.currentTerm ?? 0;
    this.#vote = saved?.votedFor ?? undefined;
  }

  get term(): number {
    return this.#term;
  }

  enter(term: number, vote?: ServerId): void {
    this.#term = term;
    this.#vote = vote;
    this.#write();
  }

  /** True if the vote of this term belongs to `candidate`, from now on at the latest. */
  tryVote(candidate: ServerId): boolean {
    if (this.#vote === undefined) {
      this.#vote = candidate;
      this.#write();
    }
    return this.#vote === candidate;
  }

  #write(): void {
    this.#ctx.save({ currentTerm: this.#term, votedFor: this.#vote ?? null, log: [], snapshot: null });
  }
}
