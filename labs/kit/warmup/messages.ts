import type { Context } from "../program/context";
import type { Program } from "../program/protocol";

/** The messages of Lab 0. */
export type WarmupProtocol = {
  /** “Are you there?” The reply repeats the number. */
  ping: { request: { readonly n: number }; reply: { readonly n: number } };
  /** Adds to the receiver's counter; the reply is the new count. */
  add: { request: { readonly amount: number }; reply: { readonly count: number } };
  /** Answered by the count as soon as the counter reaches `atLeast`: perhaps at once, perhaps much later. */
  waitFor: { request: { readonly atLeast: number }; reply: { readonly count: number } };
};

/** What a warm-up server saves. */
export type WarmupState = { readonly count: number };

/** The context of a warm-up server. */
export type WarmupContext = Context<WarmupProtocol, WarmupState>;

/** A warm-up server: `new Warmup(ctx, saved)`. */
export interface WarmupProgram extends Program<WarmupProtocol> {
  /** Starts pinging `peer`: again every so often until it answers. */
  startPing(peer: number): void;
  /** The round-trip time in ms of the last answered ping to `peer`, or null. */
  rtt(peer: number): number | null;
}
