import type { NetworkName } from "../../sim";
import type { Move, Steps } from "./field";

/** A machine is paused, in two cases of three the leader's, and goes on as if nothing had been. */
const freeze: Move = {
  name: "freeze",
  least: 0,
  *play(field): Steps {
    const { random, cluster, leader } = field;
    const victim = leader !== undefined && random.chance(2 / 3) ? leader : field.anyone();
    cluster.freeze(victim);
    yield field.between(50, 2500);
    cluster.thaw(victim);
  },
};

/** Those that do harm. */
const BAD: readonly NetworkName[] = ["unreliable", "long reordering", "duplicating"];

/** The network loses, delays, doubles or reorders messages for a while. */
const network: Move = {
  name: "network",
  least: 300,
  *play(field): Steps {
    field.cluster.network(field.random.pick(BAD));
    yield field.between(300, 3000);
    field.cluster.network("reliable");
  },
};

/**
 * What followers answer is on its way for so long that its receiver loses its office, and wins a later term: it alone can
 * reach a majority by then. Only the term of the request tells that the answers are old.
 */
const lateReplies: Move = {
  name: "late-replies",
  least: 2700,
  *play(field): Steps {
    const { cluster, leader } = field;
    if (leader === undefined) return;
    cluster.hold({ kind: "reply", method: "appendEntries", to: leader });
    for (let i = field.random.int(3); i >= 0; i--) cluster.propose(leader);
    yield field.between(5, 250);
    cluster.isolate(leader); // another leads meanwhile
    yield field.between(800, 1100);
    cluster.rejoin(leader);
    const others = cluster.others(leader);
    for (const a of others) for (const b of others) if (a < b) cluster.cut(a, b);
    yield field.between(900, 1300);
    cluster.release();
    yield field.between(5, 50);
    cluster.heal();
  },
};

/** Moves that make machines and links slow. */
export const WEATHER: readonly Move[] = [freeze, network, lateReplies];
