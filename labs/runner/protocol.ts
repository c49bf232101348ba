/**
 * What the runner and its child processes say to each other, as JSON. A child carries out its orders one
 * after the other.
 *
 * @module
 */
import type { Outcome } from "../kit/scene/outcome";
import type { PlayOptions } from "../kit/scene/registry";
import type { SceneInfo } from "./suite";

/** Some seeds of one scene for one subject: what a child does in one go. */
export interface Batch extends PlayOptions {
  /** The folder of the program under test. */
  readonly subject: string;
  /** The folder of the suite. */
  readonly suite: string;
  readonly scene: string;
  readonly seeds: readonly number[];
  /** The first seed must also prove that the program keeps no state at module level. */
  readonly prove: boolean;
  /** Where programs run behind a border: input by input. */
  readonly strict?: boolean;
}

/** One run, and the real time it took in ms. */
export interface Played {
  readonly outcome: Outcome;
  /** 0 if the run was given up before it was played. */
  readonly wallMs: number;
  /** Processor time in ms, wherever it was spent; absent if nobody measured it. */
  readonly cpuMs?: number;
  /** The run was ended because it took too much of something; the others of the scene would do so, too. */
  readonly lost?: boolean;
}

/** From the parent. */
export type Order =
  /** Load a suite and say what is in it. */
  { readonly kind: "list"; readonly suite: string } | { readonly kind: "play"; readonly batch: Batch };

/** From a child. Each word is a sign of life; the watchdog waits for the next one. */
export type Word =
  /** The child has started; it may be given work. */
  | { readonly kind: "ready" }
  /** The answer to `list`. */
  | { readonly kind: "scenes"; readonly suite: string; readonly scenes: readonly SceneInfo[] }
  /** The other answer to `list`: a scene file does not load. */
  | { readonly kind: "unlisted"; readonly suite: string; readonly message: string }
  /** This seed is about to be played; sent before, so that a run that hangs has a name. */
  | { readonly kind: "playing"; readonly seed: number }
  | { readonly kind: "played"; readonly played: Played }
  /** The batch is over. */
  | { readonly kind: "done" }
  /** The batch is over: it was given something it cannot work with, e.g. a folder that does not exist. */
  | { readonly kind: "misused"; readonly message: string }
  /** The batch is over by our own fault: a suite that does not load, an unknown scene. */
  | { readonly kind: "broken"; readonly message: string };
