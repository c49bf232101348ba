import type { Order } from "./orders";

/** Carries orders to an actor, and its answers back, one after the other. Both verbs wait until it is done. */
export interface Channel {
  send(order: Order): void;
  /** @throws whatever says that the other end is gone */
  receive(): unknown;
}
