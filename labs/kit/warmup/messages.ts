import type { Context } from "../program/context";
import type { Program, ServerId } from "../program/protocol";

/** “Are you there?” */
export type PingRequest = {
  /** Whatever helps the sender to recognise the answer. */
  readonly n: number;
};

/** “I am.” */
export type PingReply = {
  /** The number of the request. */
  readonly n: number;
  /** Who answers. */
  readonly server: ServerId;
};

/** Adds to the receiver's counter. */
export type AddRequest = {
  /** A whole number, 1 or more. */
  readonly amount: number;
};

/** Asks to be told when the receiver's counter is large enough. */
export type WaitForRequest = {
  readonly atLeast: number;
};

/** What the counter has come to. */
export type CountReply = {
  readonly count: number;
};

/** The messages of Lab 0. Servers ping each other; `add` and `waitFor` come from clients. */
export type WarmupProtocol = {
  ping: { request: PingRequest; reply: PingReply };
  /** Answered with the new count. */
  add: { request: AddRequest; reply: CountReply };
  /** Answered with the count as soon as it is at least `atLeast`: at once, much later, or never. */
  waitFor: { request: WaitForRequest; reply: CountReply };
};

/** What a warm-up server saves. */
export type WarmupState = {
  readonly count: number;
};

/** The context of a warm-up server. */
export type WarmupContext = Context<WarmupProtocol, WarmupState>;

/** The handlers of a warm-up server. It calls `ping` alone, so it needs no other handler for replies. */
export type WarmupHandlers = Pick<
  Program<WarmupProtocol>,
  "ping" | "pingReply" | "add" | "waitFor" | "timer"
>;

/** A warm-up server. It is built with `new Warmup(ctx, saved)`. */
export interface WarmupProgram extends WarmupHandlers {
  /** Pings every peer, again and again until it answers. */
  startPings(): void;
  /** The round-trip time of `peer`'s first answer in ms, or null if it has not answered. Changes nothing. */
  rtt(peer: ServerId): number | null;
}
