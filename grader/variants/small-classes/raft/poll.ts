import type { ServerId } from "@labs/kit";

/** The ballots of one election, or of one round of pre-votes. */
export class Poll {
  readonly #granted = new Set<ServerId>();

  constructor(
    readonly term: number,
    readonly kind: "preVote" | "requestVote",
    private readonly servers: number,
  ) {}

  grant(from: ServerId): void {
    this.#granted.add(from);
  }

  get won(): boolean {
    return this.#granted.size * 2 > this.servers;
  }
}
