import type { PlainData, ServerId } from "../program";

/** A request or a reply. */
export type MessageKind = "request" | "reply";

/** A message on the wire. `from` and `to` are its own: a reply travels from the answering server to the caller. */
export type Message = {
  readonly kind: MessageKind;
  readonly from: ServerId;
  readonly to: ServerId;
  readonly method: string;
  readonly request: PlainData;
  /** Of a reply. */
  readonly reply?: PlainData;
  /** The life of the caller that a reply belongs to; a later life never hears it. */
  readonly life: number;
};
