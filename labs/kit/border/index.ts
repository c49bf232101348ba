/**
 * Programs that run behind a border: what crosses it, and the two ways to play a world against them, from a transcript and input by
 * input. Nothing that comes from behind it is believed but the effects of each input, and these only as far as the rules
 * of a context go.
 *
 * @module
 */
export * from "./actor";
export type * from "./channel";
export { BorderError } from "./codec";
export type { Teller } from "./ghost";
export type { Order } from "./orders";
export * from "./recorder";
export * from "./subjects";
export * from "./transcript";
