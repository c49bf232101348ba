import { UsageError } from "../kit/program/errors";
import type { Outcome } from "../kit/scene/outcome";
import type { Pool } from "../runner/pool";
import type { Played } from "../runner/protocol";
import type { Job } from "../runner/run";
import { seedsOf } from "../runner/seeds";
import { selectScenes } from "../runner/suite";
import { writeHistoryOf } from "./history-file";
import type { LabOptions } from "./options";
import {
  pageOn,
  type Paper,
  tellCommonCauses,
  tellHeading,
  tellMeasured,
  tellRules,
  tellScene,
  tellTotal,
  tellTypeErrors,
} from "./page";
import { type SceneSummary, summarize } from "./report";
import type { TypeCheck } from "./typecheck";

/** What it takes to play a lab once. */
export interface Session {
  readonly pool: Pool;
  readonly options: LabOptions;
  readonly paper: Paper;
  /** Finds the type errors of a program, beside the scenes. */
  readonly check: TypeCheck;
  /** Breaks it off. */
  readonly signal: AbortSignal;
}

/**
 * Plays the scenes of a lab once and writes what came of it: a line a scene, with its failure below.
 *
 * @returns the exit code: 0 all passed, 1 something failed, 4 an error of our own
 * @throws UsageError if no scene fits, or the folder holds no program; JudgeError if a scene file does not load
 */
export async function playOnce({ pool, options, paper, check, signal }: Session): Promise<number> {
  const { suite, subject, seedBase, seeds } = options;
  const ended = new AbortController();
  const page = pageOn(paper);
  const checking = check(subject, AbortSignal.any([signal, ended.signal]));
  try {
    const all = await pool.scenes(suite.folder);
    if (all.length === 0) throw new UsageError(`lab ${suite.lab} has no scenes yet`);
    const jobs = selectScenes(all, options.only).map(({ name }): Job => {
      return {
        subject,
        suite: suite.folder,
        scene: name,
        seeds: seedsOf(seedBase, suite.lab, name, seeds),
        ...(options.history === undefined ? { prove: true } : { history: true }),
      };
    });
    tellHeading(options, page);
    const width = Math.max(...jobs.map(({ scene }) => scene.length));
    const tell = (summary: SceneSummary): void => tellScene(summary, width, options, page);
    const { summaries, outcomes } = await playJobs(pool, jobs, tell, signal);
    tellCommonCauses(summaries, page);
    tellMeasured(summaries, page);
    tellTotal(summaries, page);
    tellRules(suite.lab, summaries, page);
    if (options.history !== undefined) page.line(writeHistoryOf(outcomes, options.history));
    // Where a file cannot even be read, the compiler takes offence at all that follows.
    if (!doesNotCompile(summaries)) tellTypeErrors(await checking, page);
    return exitCode(summaries);
  } finally {
    ended.abort();
  }
}

/** Scenes end in any order; they are told in the order of the suite, each as soon as its turn has come. */
async function playJobs(
  pool: Pool,
  jobs: readonly Job[],
  tell: (summary: SceneSummary) => void,
  signal: AbortSignal,
): Promise<{ summaries: SceneSummary[]; outcomes: Outcome[] }> {
  const played = new Map(jobs.map((job) => [job, new Map<number, Played>()]));
  const summaries: SceneSummary[] = [];
  const onOutcome = (job: Job, one: Played, index: number): void => {
    played.get(job)?.set(index, one);
    for (const next of jobs.slice(summaries.length)) {
      const runs = played.get(next) ?? new Map<number, Played>();
      if (runs.size < next.seeds.length) break;
      const inOrder = [...runs].sort(([a], [b]) => a - b).map(([, run]) => run);
      const summary = summarize(next.scene, inOrder);
      summaries.push(summary);
      tell(summary);
    }
  };
  await pool.run(jobs, { onOutcome, signal });
  const runs = jobs.flatMap((job) => [...(played.get(job) ?? [])].sort(([a], [b]) => a - b));
  return { summaries, outcomes: runs.map(([, { outcome }]) => outcome) };
}

function doesNotCompile(summaries: readonly SceneSummary[]): boolean {
  return summaries.some(({ firstFailure }) => firstFailure?.verdict === "does-not-compile");
}

function exitCode(summaries: readonly SceneSummary[]): number {
  if (summaries.some(({ judgeErrors }) => judgeErrors > 0)) return 4;
  return summaries.every(({ firstFailure }) => firstFailure === undefined) ? 0 : 1;
}
