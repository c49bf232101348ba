import type { Outcome } from "../../labs/kit/scene/outcome";
import type { Pool } from "../../labs/runner/pool";
import type { Job } from "../../labs/runner/run";
import { seedsOfScene } from "../grading/seeds";
import type { Mutant } from "../mutants";
import { everyScene, type HuntOptions, type HuntScene, type Kill, type Prey, refuseUnplayable } from "./hunt";
import type { Killers } from "./killers";
import { demandAccepted } from "./scenes";

/** How to recall, and to hunt what survives it. */
export interface RecallOptions extends HuntOptions {
  /** The folder of the reference. */
  readonly reference: string;
}

/** A run that is said to kill a mutant. */
interface Hint {
  readonly prey: Prey;
  readonly scene: HuntScene;
  /** The place of the seed among those of the scene, from 1. */
  readonly nth: number;
  readonly job: Job;
}

/**
 * Plays, for each mutant, the very run that killed it when somebody last looked. All of these are runs of the hunt, so it
 * would kill the same mutants, only later; and one that does not die of it is to be hunted as if nothing were known.
 *
 * @returns those that died
 * @throws JudgeError if a mutant cannot be played at all, or the reference itself fails
 */
export async function recall(
  pool: Pool,
  preys: readonly Prey[],
  killers: Killers,
  { reference, ...options }: RecallOptions,
): Promise<Map<Mutant, Kill>> {
  const hints = preys.flatMap((prey) => hintsFor(prey, killers, options));
  const { signal } = options;
  await demandReference(pool, hints, reference, signal);
  const preyOf = new Map(hints.map(({ job, prey }) => [job, prey]));
  const onOutcome = (job: Job, { outcome }: { outcome: Outcome }): void => {
    const prey = preyOf.get(job);
    if (prey !== undefined && outcome.verdict !== "accepted") options.onKill(prey.mutant);
  };
  const results = await pool.run(
    hints.map(({ job }) => job),
    { onOutcome, signal },
  );
  return new Map(hints.flatMap((hint, i) => killsBy(hint, results[i]?.played[0]?.outcome)));
}

/** At most one: none for a run that is no longer part of the hunt, nor for a mutant of which every scene is asked. */
function hintsFor(prey: Prey, killers: Killers, { seedBase, seeds }: HuntOptions): Hint[] {
  const killer = killers.get(prey.mutant.name);
  const scene = prey.scenes.find(({ name }) => name === killer?.scene);
  if (killer === undefined || scene === undefined || everyScene(prey)) return [];
  const nth = seedsOfScene(seedBase, scene, seeds).indexOf(killer.seed) + 1;
  if (nth === 0) return [];
  const run = { suite: scene.suite, scene: scene.name, seeds: [killer.seed] };
  return [{ prey, scene, nth, job: { subject: prey.folder, ...run, prove: nth === 1 } }];
}

async function demandReference(
  pool: Pool,
  hints: readonly Hint[],
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const runs = new Map(hints.map(({ job }) => [`${job.suite}\n${job.scene}\n${job.seeds.join()}`, job]));
  const jobs = [...runs.values()].map((job): Job => ({ ...job, subject: reference, prove: false }));
  for (const { job, played } of await pool.run(jobs, { signal })) {
    demandAccepted(job.scene, played[0]?.outcome);
  }
}

function killsBy({ prey, scene, nth }: Hint, outcome: Outcome | undefined): [Mutant, Kill][] {
  if (outcome === undefined || outcome.verdict === "accepted") return [];
  refuseUnplayable(prey.mutant, outcome);
  return [[prey.mutant, { scene: scene.name, nth, outcome }]];
}
