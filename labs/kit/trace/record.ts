import type { Effect, Input, PlainData, ServerId } from "../program";
import type { WorldEvent } from "./observer";

/** One line of a trace: what happened, when, and to whom. Records are numbered through from 0. */
export type TraceRecord = {
  readonly n: number;
  /** Virtual time in ms. */
  readonly at: number;
} & (
  | { readonly type: "input"; readonly server: ServerId; readonly input: Input }
  | { readonly type: "effect"; readonly server: ServerId; readonly effect: Effect }
  | { readonly type: "value"; readonly server: ServerId; readonly value: PlainData }
  | { readonly type: "event"; readonly event: WorldEvent }
);
