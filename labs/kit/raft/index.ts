/**
 * The Raft harness: scenes, their vocabulary, and the monitors that watch every message and every save.
 *
 * @module
 */
export * from "./cluster";
export * from "./messages";
export * from "./puppet";
export { scene, type RaftSetup } from "./scene";
export type { StormPlan } from "./storm";
export type { Campaign, ResetReason } from "./monitors/campaigns";
export type { Leadership } from "./monitors/leadership";
