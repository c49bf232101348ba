import type { ServerId } from "../program";
import type { Instances, Part } from "../subject";

/** What is asked across a border, input by input. Inputs and answers are coded by a `Codec` that both ends share. */
export type Order =
  /** A new world: all that was said is forgotten. */
  | { readonly kind: "world"; readonly instances: Instances }
  | {
      readonly kind: "boot";
      readonly server: ServerId;
      readonly now: number;
      readonly part: Part;
      readonly input: unknown;
    }
  | { readonly kind: "deliver"; readonly server: ServerId; readonly now: number; readonly input: unknown }
  | { readonly kind: "crash"; readonly server: ServerId }
  | { readonly kind: "weigh"; readonly server: ServerId }
  | { readonly kind: "capture" }
  | { readonly kind: "restore"; readonly captured: number }
  | { readonly kind: "export"; readonly file: string; readonly exportName: string };
