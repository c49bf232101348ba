/**
 * The Raft harness: scenes, their vocabulary, and the monitors that watch every message and every save.
 *
 * @module
 */
export { RaftCluster } from "./cluster";
export { ELECTION_LIMIT, ELECTION_TIMEOUT } from "./elections";
export * from "./messages";
export { Puppet, type Responder, type Used } from "../scene";
export { everySave, type EverySaveSetup } from "./every-save";
export { scene, type RaftSetup } from "./scene";
export type { CommitOptions } from "./cluster";
export type { NetworkName } from "../sim";
export type { StormPlan } from "./storm";
export type { Played, SwarmPlan } from "./swarm";
export type { Campaign, ResetReason } from "./monitors/campaigns";
export type { Leadership } from "./monitors/leadership";
