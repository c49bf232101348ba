/**
 * The contract between a program and the world: what a student codes against, and the plain data that
 * passes between the two. Everything else in the kit rests on this folder; it rests on nothing.
 *
 * @module
 */
export * from "./plain";
export * from "./copy";
export * from "./protocol";
export * from "./context";
export * from "./input";
export * from "./effect";
export * from "./driver";
export * from "./errors";
export * from "./random";
export * from "./graph";
