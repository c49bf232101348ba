/**
 * The seeded world: virtual clock, event queue, network, disks, clocks, crashes. It knows no protocol
 * and no program: it hands inputs to a driver and carries out effects.
 *
 * @module
 */
export type { Message, MessageKind, Observer, WorldEvent, WorldView } from "../trace";
export * from "./clock";
export * from "./config";
export * from "./crash-points";
export * from "./disk";
export * from "./network";
export type { Letter } from "./node";
export * from "./quality";
export * from "./seeds";
export * from "./traffic";
export * from "./world";
