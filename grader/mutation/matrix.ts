import type { Pool } from "../../labs/runner/pool";
import type { Job } from "../../labs/runner/run";
import { seedsOfScene } from "../grading/seeds";
import type { Mutant } from "../mutants";
import { type HuntOptions, type Prey, refuseUnplayable } from "./hunt";

/** How a scene deals with a mutant. */
export interface Cell {
  readonly scene: string;
  /** Under how many seeds it killed the mutant. */
  readonly killed: number;
  readonly seeds: number;
}

/**
 * Plays every mutant in each of its scenes under all seeds.
 *
 * @param onRun - is told of every run that is over
 * @throws JudgeError if a mutant cannot be played at all, or a run ends in an error of our own
 */
export async function matrix(
  pool: Pool,
  preys: readonly Prey[],
  { seedBase, seeds, signal }: Omit<HuntOptions, "onKill">,
  onRun: (job: Job) => void,
): Promise<Map<Mutant, Cell[]>> {
  const jobs = preys.flatMap(({ folder, scenes }) =>
    scenes.map((scene): Job => {
      const { name, suite } = scene;
      return {
        subject: folder,
        suite,
        scene: name,
        seeds: seedsOfScene(seedBase, scene, seeds),
        prove: true,
      };
    }),
  );
  const results = [...(await pool.run(jobs, { signal, onOutcome: onRun }))];
  return new Map(
    preys.map(({ mutant, scenes }) => {
      const cells = results.splice(0, scenes.length).map(({ job, played }): Cell => {
        const failures = played.filter(({ outcome }) => outcome.verdict !== "accepted");
        for (const { outcome } of failures) refuseUnplayable(mutant, outcome);
        return { scene: job.scene, killed: failures.length, seeds: played.length };
      });
      return [mutant, cells];
    }),
  );
}
