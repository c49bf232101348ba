/**
 * What happened in a world: records, their hash, and how they look in columns.
 *
 * @module
 */
export * from "./format";
export * from "./record";
export * from "./trace";
