import type { Outcome, Verdict } from "../kit/scene/outcome";

/** The outcome of a run that the harness could not judge itself: it did not start, did not end, or was not played. */
export function failed(
  scene: string,
  seed: number,
  verdict: Verdict,
  rule: string,
  message: string,
  events: readonly string[] = [],
): Outcome {
  return {
    scene,
    seed,
    verdict,
    failure: { rule, message, virtualMs: 0, events },
    hash: "",
    inputs: 0,
    virtualMs: 0,
  };
}
