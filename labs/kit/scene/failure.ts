import type { ServerId } from "../program";
import type { Verdict } from "./outcome";

/** A run has failed, and this is why. Monitors and verbs throw it; it ends the run. */
export class SceneFailure extends Error {
  override readonly name = "SceneFailure";

  constructor(
    readonly verdict: Verdict,
    /** The rule that was broken, with its source, e.g. `Election Safety (§5.2)`. */
    readonly rule: string,
    /** One or two sentences: expected, seen, by whom, when. */
    message: string,
    readonly server?: ServerId,
  ) {
    super(message);
  }
}

/** A virtual time as messages show it. */
export function at(ms: number): string {
  return `${ms.toFixed(3)} ms`;
}
