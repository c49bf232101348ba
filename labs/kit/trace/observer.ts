import type { Effect, Input, PlainData, ServerId } from "../program";
import type { Message } from "./message";

/** What the world does by itself, beside inputs and effects. */
export type WorldEvent =
  | { readonly kind: "crash"; readonly server: ServerId; readonly where?: string }
  | { readonly kind: "freeze" | "thaw"; readonly server: ServerId }
  | { readonly kind: "cut" | "mend"; readonly from: ServerId; readonly to: ServerId }
  | { readonly kind: "network"; readonly name: string }
  /** A message that goes no further: lost, cut off, sent to a server that is down, or a reply for an earlier life. */
  | { readonly kind: "dropped"; readonly message: Message; readonly why: "lost" | "cut" | "down" | "unheard" }
  | { readonly kind: "held" | "released"; readonly message: Message }
  /** A message that reaches a puppet. */
  | { readonly kind: "puppet"; readonly message: Message };

/** What observers may look at. */
export interface WorldView {
  /** Virtual time in ms. */
  readonly now: number;
  readonly servers: readonly ServerId[];
  isUp(server: ServerId): boolean;
  isPuppet(server: ServerId): boolean;
  /** How often the server has booted. */
  life(server: ServerId): number;
  /** What the server's disk holds at this very position of the effect list. */
  saved(server: ServerId): PlainData | undefined;
  /** What the server's own clock shows, in ms. */
  localNow(server: ServerId): number;
}

/**
 * Watches a world: the trace, the monitors. Called in order for each input, each effect at its position (a save is on the disk
 * by then), the value of an invoked verb, and each event of the world itself. `n` numbers all of these through.
 */
export interface Observer {
  /** The kinds of inputs that it is told of; absent: all. Most are of no interest to most. */
  readonly inputs?: readonly Input["kind"][];
  /** The kinds of effects that it is told of; absent: all. */
  readonly effects?: readonly Effect["kind"][];
  onInput?(world: WorldView, server: ServerId, input: Input, n: number): void;
  onEffect?(world: WorldView, server: ServerId, effect: Effect, n: number): void;
  onValue?(world: WorldView, server: ServerId, value: PlainData, n: number): void;
  onEvent?(world: WorldView, event: WorldEvent, n: number): void;
  /** A private copy of what it remembers. */
  capture(): unknown;
  restore(captured: unknown): void;
}
