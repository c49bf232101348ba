import type { ServerId } from "@labs/kit";

/** An election or a round of pre-votes, as its candidate keeps it. */
export interface Poll {
  readonly pre: boolean;
  /** The term that is asked for. */
  readonly term: number;
  readonly ayes: ServerId[];
  readonly noes: ServerId[];
}

/** What a leader knows of the others (Figure 2, volatile state on leaders). */
export interface Office {
  readonly next: Map<ServerId, number>;
  readonly match: Map<ServerId, number>;
  /** Since when entries or a snapshot are on their way, on the leader's clock; absent if none are. */
  readonly busySince: Map<ServerId, number>;
  readonly answeredAt: Map<ServerId, number>;
}

/** The office of a new leader whose log ends at `last`, at `now` on its own clock. */
export function lead(peers: readonly ServerId[], last: number, now: number): Office {
  return {
    next: new Map(peers.map((peer) => [peer, last + 1])),
    match: new Map(),
    busySince: new Map(),
    answeredAt: new Map(peers.map((peer) => [peer, now])),
  };
}
