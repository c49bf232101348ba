import type { Outcome } from "../../labs/kit/scene/outcome";
import { JudgeError, type Pool } from "../../labs/runner/pool";
import type { Job } from "../../labs/runner/run";
import { seedsOf } from "../../labs/runner/seeds";
import type { Selection } from "../grading/selection";
import type { HuntScene } from "./hunt";

/** How to play the reference. */
export interface ReferencePlay {
  /** The folder of the reference. */
  readonly reference: string;
  readonly seedBase: number;
  readonly seeds: number;
  readonly signal: AbortSignal;
}

/** The scenes of these suites, in their order. */
export function scenesOf(selections: readonly Selection[]): HuntScene[] {
  return selections.flatMap(({ folder, scenes }) =>
    scenes.map(({ lab, name, share = 1 }): HuntScene => ({ lab, name, share, suite: folder })),
  );
}

/**
 * Scenes, cheap ones first: by the inputs of a run of the reference. (Real times would do as well, but differ from day to day.)
 *
 * @throws {@link JudgeError} if the reference itself fails: such a scene would kill every mutant
 */
export async function cheapFirst(
  pool: Pool,
  scenes: readonly HuntScene[],
  { reference, seedBase, seeds, signal }: ReferencePlay,
): Promise<HuntScene[]> {
  const jobs = scenes.map(({ lab, name, suite }): Job => {
    return { subject: reference, suite, scene: name, seeds: seedsOf(seedBase, lab, name, seeds).slice(0, 1) };
  });
  const results = await pool.run(jobs, { signal });
  const priced = scenes.map((scene, i) => {
    const { inputs } = demandAccepted(scene.name, results[i]?.played[0]?.outcome);
    return { scene, price: inputs };
  });
  return priced.sort((a, b) => a.price - b.price).map(({ scene }) => scene);
}

/**
 * What came of a run of the reference.
 *
 * @throws {@link JudgeError} if it failed: such a run would kill every mutant
 */
export function demandAccepted(scene: string, outcome: Outcome | undefined): Outcome {
  if (outcome?.verdict === "accepted") return outcome;
  const why = `${outcome?.verdict}, seed ${outcome?.seed}: ${outcome?.failure?.message}`;
  throw new JudgeError(`the reference itself fails “${scene}” (${why}); mend that first`);
}
