import type { Failure, Outcome } from "../kit/scene/outcome";
import type { PlayOptions, Scene } from "../kit/scene/registry";
import type { Subject } from "../kit/subject/subject";

/** The rule that {@link playProved} checks. */
export const MODULE_STATE_RULE = "No memory outside the program's fields";

/**
 * Plays a scene, and if that goes well proves that the program keeps no state at module level: the same seed must
 * give the same trace when all servers and all their lives share one instance of its modules. A variable
 * there would be shared between servers and survive a crash, which no server of the real world can do.
 *
 * Only an accepted run is put to the proof, so that a failure has one cause and a replay shows the same one.
 *
 * @param anew - loads the program once more: a shared instance that played before remembers that run
 */
export function playProved(
  scene: Scene,
  subject: Subject,
  anew: () => Subject,
  seed: number,
  options: PlayOptions = {},
): Outcome {
  const fresh = scene.play(subject, seed, { ...options, instances: "fresh" });
  if (fresh.verdict !== "accepted") return fresh;
  const shared = scene.play(anew(), seed, { ...options, instances: "shared" });
  if (shared.hash === fresh.hash) return fresh;
  if (shared.verdict === "judge-error") return shared;
  const again = scene.play(subject, seed, { ...options, instances: "fresh" });
  if (again.hash !== fresh.hash) return unstable(fresh);
  return { ...fresh, verdict: "run-error", failure: moduleState(fresh, subject.moduleState()) };
}

function moduleState(fresh: Outcome, suspects: readonly string[]): Failure {
  const where = suspects.length === 0 ? "" : ` (${suspects.join("; ")})`;
  return {
    rule: MODULE_STATE_RULE,
    message:
      "the same seed gives another run when all servers share one copy of your modules: a module-level variable" +
      ` is read${where}. Keep state in fields; it must neither be shared between servers nor survive a crash`,
    virtualMs: fresh.virtualMs,
    events: [],
  };
}

/**
 * Two equal runs that differ. The world is deterministic, and tests of every lab say so; what is not is how deep the stack
 * goes and how much memory there is, which a program finds out when it overflows on purpose.
 */
function unstable(fresh: Outcome): Outcome {
  const failure = {
    rule: "The same seed gives the same run",
    message:
      "two runs of one seed differ, although nothing was changed between them: a program must not catch a stack " +
      "overflow or a lack of memory, since when these come is no part of its input",
    virtualMs: fresh.virtualMs,
    events: [],
  };
  return { ...fresh, verdict: "run-error", failure };
}
