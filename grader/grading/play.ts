import type { Pool, RunOptions } from "../../labs/runner/pool";
import type { Played } from "../../labs/runner/protocol";
import type { Job, JobResult } from "../../labs/runner/run";

/** What came of some jobs, and how often the grader itself failed. */
export interface Plays {
  /** In the order of the jobs. */
  readonly results: readonly JobResult[];
  /** Runs that were played a second time, because they ended in an error of our own. */
  readonly retried: number;
  /** Runs that ended so twice. */
  readonly left: number;
}

/** A run that is played again may be one that a checker could not decide: it gets so many times the usual budget. */
const EFFORT = 10;

/**
 * Plays jobs, and once more each run that ends in an error of our own: perhaps a process was killed or the machine was
 * out of memory. What ends so twice is for a human to look at. A failure of the program is never played again.
 */
export async function playJobs(pool: Pool, jobs: readonly Job[], options: RunOptions = {}): Promise<Plays> {
  const first = await pool.run(jobs, options);
  const again = first.flatMap((result, index) => {
    const seeds = result.played.filter(isOurs).map(({ outcome }) => outcome.seed);
    return seeds.length === 0 ? [] : [{ index, job: { ...jobFor(result.job, seeds), effort: EFFORT } }];
  });
  if (again.length === 0) return { results: first, retried: 0, left: 0 };
  const { signal } = options;
  const second = await pool.run(
    again.map(({ job }) => job),
    signal === undefined ? {} : { signal },
  );
  const replayed = new Map(again.map(({ index }, i) => [index, second[i]?.played ?? []]));
  const results = first.map((result, i) => ({ ...result, played: merge(result.played, replayed.get(i)) }));
  const all = [...replayed.values()].flat();
  return { results, retried: all.length, left: all.filter(isOurs).length };
}

function isOurs({ outcome }: Played): boolean {
  return outcome.verdict === "judge-error";
}

function jobFor(job: Job, seeds: readonly number[]): Job {
  return { ...job, seeds, prove: job.prove === true && seeds[0] === job.seeds[0] };
}

function merge(played: readonly Played[], again: readonly Played[] = []): Played[] {
  const bySeed = new Map(again.map((each) => [each.outcome.seed, each]));
  return played.map((each) => (isOurs(each) ? (bySeed.get(each.outcome.seed) ?? each) : each));
}
