import type { Effect, ServerId } from "../program";
import type { Message } from "../trace";
import type { Due } from "./queue";

/** A message comes to the end of its way. */
export interface Arrival extends Due {
  readonly kind: "message";
  readonly message: Message;
}

/** A timer runs out, unless it was set again or stopped: then another token counts. */
export interface TimerRing extends Due {
  readonly kind: "timer";
  readonly server: ServerId;
  readonly name: string;
  readonly token: number;
}

/** A busy server is done with an input, and its effects leave (service times). */
export interface Departure extends Due {
  readonly kind: "effects";
  readonly server: ServerId;
  readonly life: number;
  readonly effects: readonly Effect[];
}

/** A server is free to look at the first of what waits for it. */
export interface Wake extends Due {
  readonly kind: "wake";
  readonly server: ServerId;
}

/** A server that crashed at a crash point comes back. */
export interface Restart extends Due {
  readonly kind: "restart";
  readonly server: ServerId;
  /** The life that has ended. */
  readonly life: number;
}

/** What may have to wait until a server is neither frozen nor busy. */
export type Waiting = Arrival | TimerRing | Departure;

/** What waits in the queue of a world. */
export type Scheduled = Waiting | Wake | Restart;
