import type { Colors } from "picocolors/types";
import { UsageError } from "../kit/program/errors";
import type { Pool } from "../runner/pool";
import type { Played } from "../runner/protocol";
import type { Job } from "../runner/run";
import { seedsOf } from "../runner/seeds";
import { selectScenes } from "../runner/suite";
import type { LabOptions } from "./options";
import { commonCause, failureBlock, replayCommand, sceneLine, type SceneSummary, summarize } from "./report";
import type { TypeCheck } from "./typecheck";

/** Where a session writes, line by line. */
export interface Paper {
  readonly line: (text?: string) => void;
  readonly colors: Colors;
}

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
        prove: true,
      };
    });
    paper.line(heading(options, paper.colors));
    paper.line();
    const width = Math.max(...jobs.map(({ scene }) => scene.length));
    const tell = (summary: SceneSummary): void => tellScene(summary, width, options, paper);
    const summaries = await playJobs(pool, jobs, tell, signal);
    tellCommonCauses(summaries, paper);
    tellTypeErrors(await checking, paper);
    tellTotal(summaries, paper);
    return exitCode(summaries);
  } finally {
    ended.abort();
  }
}

function heading({ suite, subject, seedBase, seeds, hidden }: LabOptions, colors: Colors): string {
  const what = `Lab ${suite.lab}: ${suite.title}${hidden ? " (hidden scenes)" : ""}`;
  const how = seeds === 1 ? `seed ${seedBase}` : `${seeds} seeds a scene`;
  return `${colors.bold(what)} ${colors.dim(`on ${subject}, ${how}`)}`;
}

/** Scenes end in any order; they are told in the order of the suite, each as soon as its turn has come. */
async function playJobs(
  pool: Pool,
  jobs: readonly Job[],
  tell: (summary: SceneSummary) => void,
  signal: AbortSignal,
): Promise<SceneSummary[]> {
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
  return summaries;
}

function tellScene(summary: SceneSummary, width: number, options: LabOptions, { line, colors }: Paper): void {
  line(sceneLine(summary, width, colors));
  const { scene, firstFailure } = summary;
  if (firstFailure === undefined || commonCause(firstFailure) !== undefined) return;
  const { suite, subject, hidden } = options;
  const replay = replayCommand({ lab: suite.lab, scene, seed: firstFailure.seed, subject, hidden });
  line();
  for (const each of failureBlock(firstFailure, replay, colors)) line(`    ${each}`.trimEnd());
  line();
}

function tellCommonCauses(summaries: readonly SceneSummary[], { line, colors }: Paper): void {
  const causes = summaries.flatMap(({ firstFailure }) => (firstFailure && commonCause(firstFailure)) ?? []);
  const unusable = causes.filter(({ kind }) => kind === "unusable").map(({ text }) => text);
  const nextStep = causes.find(({ kind }) => kind === "unfinished")?.text ?? [];
  for (const text of new Set(unusable.concat(nextStep))) {
    line();
    for (const each of text.split("\n")) line(colors.yellow(each));
  }
}

function tellTypeErrors(errors: readonly string[], { line, colors }: Paper): void {
  if (errors.length === 0) return;
  line();
  line(colors.yellow("Type errors, which cost nothing here and are worth a look:"));
  for (const error of errors) line(`  ${error}`);
}

function tellTotal(summaries: readonly SceneSummary[], { line, colors }: Paper): void {
  const passed = summaries.filter((each) => each.firstFailure === undefined).length;
  const text = `${passed} of ${summaries.length} scene${summaries.length === 1 ? "" : "s"} passed`;
  line();
  line(passed === summaries.length ? colors.green(text) : colors.red(text));
}

function exitCode(summaries: readonly SceneSummary[]): number {
  const failures = summaries.flatMap(({ firstFailure }) => firstFailure ?? []);
  if (failures.some(({ verdict }) => verdict === "judge-error")) return 4;
  return failures.length === 0 ? 0 : 1;
}
