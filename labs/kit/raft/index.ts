/**
 * The Raft harness: scenes, their vocabulary, and the monitors that watch every message and every save.
 *
 * @module
 */
export { ELECTION_LIMIT, ELECTION_TIMEOUT, RaftCluster, type Used } from "./cluster";
export * from "./messages";
export { Puppet, type Responder } from "../scene";
export { scene, type RaftSetup } from "./scene";
export type { StormPlan } from "./storm";
export type { Campaign, ResetReason } from "./monitors/campaigns";
export type { Leadership } from "./monitors/leadership";
