/**
 * What histories promise below linearizability: sequential consistency, causality, coherence, session
 * guarantees.
 *
 * To read: `level.ts` (which promises there are), `who-read.ts` (who read from whom), `inference.ts` (the two
 * inferences that carry most of it), `causal.ts`, `sequential.ts`, `guarantees.ts`, and `ladder.ts`, which
 * asks for all.
 *
 * @module
 */
export { checkCausal, checkCausalMemory, checkConvergence, checkPram } from "./causal";
export { EXAMPLES, type Example } from "./examples";
export { checkSession, type Guarantee } from "./guarantees";
export { checkLevel, ladder, type Ladder } from "./ladder";
export { below, IMPLIES, LEVELS, type Level, type LevelVerdict } from "./level";
export { checkCoherent, checkOrderedWrites, checkSequential, ORDER_BUDGET } from "./sequential";
