/**
 * Scenes: the registry that `scene()` fills, how a run ends, and what monitors have in common.
 *
 * @module
 */
export * from "./clients";
export * from "./failure";
export * from "./faults";
export * from "./journal";
export type * from "./mark";
export * from "./monitor";
export * from "./outcome";
export type { Needs, Part } from "../subject";
export * from "./play";
export * from "./puppet";
export * from "./registry";
export * from "./series";
export * from "./stage";
