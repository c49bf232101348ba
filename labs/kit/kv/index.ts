/**
 * The harness of Lab 5: servers with a key/value service on top of Raft, clients, and the judge of what clients were told.
 *
 * @module
 */
export { kv, type KvCell } from "../check/models/kv";
export { Client, type Desk } from "./client";
export { KvCluster, type Work } from "./cluster";
export type { Cost } from "./cost";
export type { Entry } from "./journal";
export * from "./messages";
export { partitions } from "./partitions";
export { price, type Claim } from "./price";
export { playKv, scene, type KvSetup } from "./scene";
export { tellRequest } from "./words";
export { Puppet, type Once } from "../scene";
export type { NetworkName } from "../sim";
