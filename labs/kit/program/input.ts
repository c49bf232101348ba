import type { Options } from "./context";
import type { CallId, ServerId } from "./protocol";
import type { PlainData } from "./plain";

/** A server comes up: its constructor runs. Everything of an earlier life but `saved` is gone. */
export interface BootInput {
  readonly kind: "boot";
  /** The others. */
  readonly peers: readonly ServerId[];
  /** What was last saved; absent on a first boot. */
  readonly saved?: PlainData;
  readonly options: Options;
  /** A uint32: where this life's `ctx.random()` begins. */
  readonly seed: number;
}

/** A request arrives. */
export interface RequestInput {
  readonly kind: "request";
  readonly from: ServerId;
  readonly method: string;
  readonly request: PlainData;
  readonly call: CallId;
}

/** The reply to an own call arrives, with the request it answers. */
export interface ReplyInput {
  readonly kind: "reply";
  readonly from: ServerId;
  readonly method: string;
  readonly reply: PlainData;
  readonly request: PlainData;
}

/** A timer has run out. */
export interface TimerInput {
  readonly kind: "timer";
  readonly name: string;
}

/** The layer above calls a method of the program at once, e.g. `propose(command)` or `status()`. */
export interface InvokeInput {
  readonly kind: "invoke";
  readonly verb: string;
  readonly args: readonly PlainData[];
}

/** The layer below hands something up to the service of the same server, e.g. `apply` or `readReady` of Raft. */
export interface UpInput {
  readonly kind: "up";
  readonly verb: string;
  readonly args: readonly PlainData[];
}

/** What a running program is handed, one at a time. */
export type RunningInput = RequestInput | ReplyInput | TimerInput | InvokeInput | UpInput;

/** All that ever goes into a program, as plain data. */
export type Input = BootInput | RunningInput;
