/**
 * What happens in a world: how to watch it, records of it, their hash, and how they look in columns.
 *
 * @module
 */
export * from "./format";
export * from "./message";
export * from "./observer";
export * from "./record";
export * from "./trace";
