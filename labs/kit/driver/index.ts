/**
 * Implementations of the driver port: who runs the programs of a world.
 *
 * @module
 */
export * from "./context";
export * from "./in-process";
export type { ConsoleLevel, ConsoleSink } from "./layer";
