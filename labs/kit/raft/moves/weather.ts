import { NETWORKS, type NetworkName } from "../../sim";
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

const OTHERS = (Object.keys(NETWORKS) as NetworkName[]).filter((name) => name !== "reliable");

/** The network loses, delays, doubles or reorders messages for a while. */
const network: Move = {
  name: "network",
  least: 300,
  *play(field): Steps {
    field.cluster.network(field.random.pick(OTHERS));
    yield field.between(300, 3000);
    field.cluster.network("reliable");
  },
};

/** Moves that make machines and links slow. */
export const WEATHER: readonly Move[] = [freeze, network];
