import type { CallId, ServerId } from "./protocol";
import type { PlainData } from "./plain";

/** A request leaves. */
export interface CallEffect {
  readonly kind: "call";
  readonly to: ServerId;
  readonly method: string;
  readonly request: PlainData;
}

/** The answer to a request leaves: what a handler returned, or what `ctx.reply` gave later. */
export interface ReplyEffect {
  readonly kind: "reply";
  readonly call: CallId;
  readonly reply: PlainData;
}

/** A timer is started, or started anew (`ms` on the server's own clock, to the microsecond). */
export interface SetTimerEffect {
  readonly kind: "setTimer";
  readonly name: string;
  readonly ms: number;
}

/** A timer is stopped. */
export interface CancelTimerEffect {
  readonly kind: "cancelTimer";
  readonly name: string;
}

/** The whole durable state is replaced. Parts that did not change are the same objects as in the save before. */
export interface SaveEffect {
  readonly kind: "save";
  readonly state: PlainData;
}

/**
 * Something handed to the layer above: `apply`, `restore`, `leadership` or `readReady` of Raft, `done` of a client. Where a service
 * runs on the same server, it is its next input.
 */
export interface UpEffect {
  readonly kind: "up";
  readonly verb: string;
  readonly args: readonly PlainData[];
}

/** The service calls a verb of the layer below, e.g. `propose`; what that does follows, up to {@link DownDoneEffect}. */
export interface DownEffect {
  readonly kind: "down";
  readonly verb: string;
  readonly args: readonly PlainData[];
}

/** The verb of the layer below has returned, with or without a value. */
export interface DownDoneEffect {
  readonly kind: "downDone";
  readonly value?: PlainData;
}

/** A remark. */
export interface NoteEffect {
  readonly kind: "note";
  readonly text: string;
  readonly data?: PlainData;
}

/** All that ever comes out of a program, in the order in which it was said. */
export type Effect =
  | CallEffect
  | ReplyEffect
  | SetTimerEffect
  | CancelTimerEffect
  | SaveEffect
  | UpEffect
  | DownEffect
  | DownDoneEffect
  | NoteEffect;

/** A program's answer to one input: its effects in order, and the value of an invoked verb. */
export interface Answer {
  readonly effects: readonly Effect[];
  readonly value?: PlainData;
}
