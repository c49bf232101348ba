/**
 * What a student's files import, as types only: `import type { RaftContext } from "@labs/kit"`.
 *
 * @module
 */
export type * from "./program/plain";
export type * from "./program/protocol";
export type * from "./program/context";
export type * from "./raft/messages";
export type * from "./kv/messages";
export type * from "./quorum/messages";
export type * from "./warmup/messages";
