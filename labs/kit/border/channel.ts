/** Carries JSON documents over a border, one after the other. Both verbs wait until it is done. */
export interface Channel {
  send(message: unknown): void;
  /** @throws whatever says that the other end is gone */
  receive(): unknown;
}
