/**
 * Moves: faults that aim at the deep states of Raft.
 *
 * @module
 */
import { CRASHES } from "./crashes";
import { CUTS } from "./cuts";
import type { Move } from "./field";
import { PROPOSALS } from "./proposals";
import { WEATHER } from "./weather";

export { Field, type Move, type Steps, type Swarmed } from "./field";

/** All moves that a swarm may make. */
export const MOVES: readonly Move[] = [...CRASHES, ...CUTS, ...WEATHER, ...PROPOSALS];
