import type { Outcome } from "../../labs/kit/scene/outcome";
import { JudgeError, type Pool } from "../../labs/runner/pool";
import type { Job, JobResult } from "../../labs/runner/run";
import { seedsOfScene } from "../grading/seeds";
import type { Mutant } from "../mutants";

/** A mutant, ready to be played. */
export interface Prey {
  readonly mutant: Mutant;
  /** The folder of its tree. */
  readonly folder: string;
  /** The scenes that may kill it, in the order in which they are tried. */
  readonly scenes: readonly HuntScene[];
}

/** A scene, and where it lies. */
export interface HuntScene {
  readonly lab: number;
  readonly name: string;
  /** Under which part of the seeds it is graded, and played here. */
  readonly share: number;
  /** The folder of its suite. */
  readonly suite: string;
}

/** The run that killed a mutant. */
export interface Kill {
  readonly scene: string;
  /** The place of the seed among those of its scene, from 1. */
  readonly nth: number;
  readonly outcome: Outcome;
}

/** What came of the hunt for one mutant. */
export interface Trophy {
  readonly mutant: Mutant;
  /** The first of its kills, or undefined: it survives. */
  readonly kill: Kill | undefined;
  /** For a mutant that every scene must kill: those that did not. */
  readonly spared: readonly string[];
}

/** How to hunt. */
export interface HuntOptions {
  readonly seedBase: number;
  /** Seeds a scene. */
  readonly seeds: number;
  readonly signal: AbortSignal;
  /** A mutant was killed for the first time. */
  onKill(mutant: Mutant): void;
}

/** Some seeds of one scene for one mutant. */
interface Shot {
  readonly prey: Prey;
  readonly job: Job;
  /** How many seeds of the scene come before these. */
  readonly before: number;
}

/** After how many seeds a scene lets all others try as well. */
const ROUNDS = [0, 1, 5];

/**
 * Plays each mutant until a scene kills it. All scenes are tried under one seed, then all under a few more, then all
 * under the rest: most mutants die at once, so this is the shortest way. What it finds does not depend on speed or
 * number of the processes: nothing is left out that comes before a kill.
 *
 * @throws {@link JudgeError} if a mutant cannot be played at all, or a run ends in an error of our own
 */
export async function hunt(pool: Pool, preys: readonly Prey[], options: HuntOptions): Promise<Trophy[]> {
  const shots = preys.flatMap((prey) => shotsAt(prey, options));
  const rankOf = new Map(shots.map(({ job }, rank) => [job, rank]));
  const killed = new Set<Prey>();
  const onOutcome = (job: Job, { outcome }: { outcome: Outcome }): void => {
    const rank = rankOf.get(job) ?? 0;
    const shot = shots[rank];
    if (shot === undefined || outcome.verdict === "accepted") return;
    const { prey } = shot;
    if (!killed.has(prey)) options.onKill(prey.mutant);
    killed.add(prey);
    pool.drop((other) => {
      const sameHunt = other.subject === job.subject && (!everyScene(prey) || other.scene === job.scene);
      return sameHunt && (rankOf.get(other) ?? 0) > rank;
    });
  };
  const results = await pool.run(
    shots.map(({ job }) => job),
    { onOutcome, signal: options.signal },
  );
  return preys.map((prey) => {
    const own = shots.flatMap((shot, i) => (shot.prey === prey ? [{ shot, result: results[i] }] : []));
    return trophy(prey, own);
  });
}

/** Whether it lives on unless all of its scenes kill it. */
export function everyScene({ mutant }: Prey): boolean {
  return mutant.everyScene === true;
}

function shotsAt(prey: Prey, { seedBase, seeds }: HuntOptions): Shot[] {
  return ROUNDS.flatMap((before, round) =>
    prey.scenes.flatMap((scene): Shot[] => {
      const { name, suite } = scene;
      const some = seedsOfScene(seedBase, scene, seeds).slice(before, ROUNDS[round + 1]);
      if (some.length === 0) return [];
      // As when it is graded, the first seed also proves that no state is kept at module level.
      const job = { subject: prey.folder, suite, scene: name, seeds: some, prove: before === 0 };
      return [{ prey, job, before }];
    }),
  );
}

function trophy(prey: Prey, shots: readonly { shot: Shot; result: JobResult | undefined }[]): Trophy {
  const { mutant } = prey;
  const kills = shots.flatMap(({ shot, result }) => killsOf(mutant, shot, result));
  const guilty = new Set(kills.map(({ scene }) => scene));
  const spared = everyScene(prey) ? prey.scenes.filter(({ name }) => !guilty.has(name)) : [];
  return { mutant, kill: kills[0], spared: spared.map(({ name }) => name) };
}

function killsOf(mutant: Mutant, { job, before }: Shot, result: JobResult | undefined): Kill[] {
  return (result?.played ?? []).flatMap(({ outcome }) => {
    if (outcome.verdict === "accepted") return [];
    refuseUnplayable(mutant, outcome);
    return [{ scene: job.scene, nth: before + job.seeds.indexOf(outcome.seed) + 1, outcome }];
  });
}

/** A mutant that does not compile would die of that, and prove nothing. */
export function refuseUnplayable({ name }: Mutant, { scene, seed, verdict, failure }: Outcome): void {
  if (verdict !== "judge-error" && verdict !== "does-not-compile" && verdict !== "not-gradable") return;
  throw new JudgeError(
    `mutant ${name} cannot be played (${verdict}; scene “${scene}”, seed ${seed}): ${failure?.message}`,
  );
}
