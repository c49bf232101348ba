/**
 * The harness of Lab 6: replicas, coordinators, and the judge of what clients were told.
 *
 * @module
 */
export type { Consistency } from "../program";
export { Coordinator } from "./coordinator";
export { QuorumCluster, type Work } from "./cluster";
export { eachConfiguration, hasAnswer, type EachSetup, type Needs } from "./configurations";
export { everySave, type EverySaveSetup } from "./every-save";
export { tellEntry, type Entry } from "./journal";
export * from "./messages";
export type { Quorum } from "./monitors/answers";
export { predictionsMade, predictionsRight, type PredictionCase, type Truths } from "./predictions";
export { playQuorum, registerQuorum, scene, type QuorumSetup } from "./scene";
export type { StormPlan } from "./storm";
export { compareVersions, tellVersion } from "./versions";
export { Puppet, type Once } from "../scene";
export type { NetworkName } from "../sim";
