import { readFileSync } from "node:fs";
import path from "node:path";
import { replayCommand } from "../../labs/desk/report";
import type { TypeCheck } from "../../labs/desk/typecheck";
import { collectFiles, digestOf } from "../../labs/kit/subject/files";
import { SubjectError } from "../../labs/kit/subject/subject";
import { failed } from "../../labs/runner/failed";
import type { Pool, RunOptions } from "../../labs/runner/pool";
import type { Job, JobResult } from "../../labs/runner/run";
import { type Grade, GRADE_SCHEMA } from "../schema/grade";
import type { Place } from "../sandbox/place";
import { auditRuns } from "./audit";
import { playJobs, type Plays } from "./play";
import { Secret } from "./secret";
import { seedsOfScene } from "./seeds";
import { gradeLab, gradeScene, type Replay, total } from "./score";
import type { Selection } from "./selection";

/** The rule that a submission breaks which is not even read. */
export const READABLE = "A submission can be read";

/** What is to be graded, and how. */
export interface Order {
  /** The folder of the course. */
  readonly root: string;
  /** The folder of the submission, as the user named it. */
  readonly subject: string;
  /** What of the submission does not count, and why. */
  readonly remarks: readonly string[];
  readonly selections: readonly Selection[];
  /** Where the program runs. */
  readonly place: Place;
  /** The base or the secret from which all seeds derive. */
  readonly seedSource: number | Secret;
  /** Seeds a scene; one that takes long has a part of them. */
  readonly seeds: number;
  /** The text that chose the scenes, if they are not all. */
  readonly only: string | undefined;
  /** Finds the type errors of the submission while its scenes are played. */
  readonly check: TypeCheck;
}

/** A grade, and the runs that it rests on. */
export interface Graded {
  readonly grade: Grade;
  readonly results: readonly JobResult[];
}

/**
 * Plays the scenes and gives the marks. What is wrong with the submission is in the grade, not an error.
 *
 * @param begun - when the command began, in ms of `performance.now()`
 * @throws UsageError if the folder holds no program at all; JudgeError if a suite does not load
 */
export async function grade(pool: Pool, order: Order, begun: number, options: RunOptions): Promise<Graded> {
  const digest = digestOfFolder(order.subject);
  const ended = new AbortController();
  const checking = order.check(order.subject, ended.signal);
  try {
    const plays = await playJobs(pool, jobsOf(order), options);
    const audited =
      order.place.border === "transcript" ? await auditRuns(pool, plays.results, options) : undefined;
    const results = audited?.results ?? plays.results;
    const document = assemble(order, { ...plays, results }, digest, await checking);
    const audit = audited === undefined ? {} : { audit: audited.audit };
    return { grade: { ...document, ...audit, wallMs: Math.round(performance.now() - begun) }, results };
  } finally {
    ended.abort();
  }
}

/** The grade of a submission that cannot be read: no scene is played, none gives points, and `refusal` says why. */
export function gradeRefused(order: Order, refusal: string): Grade {
  const results = jobsOf(order).map((job) => {
    const played = job.seeds.map((seed) => ({
      outcome: failed(job.scene, seed, "not-gradable", READABLE, refusal),
      wallMs: 0,
    }));
    return { job, played };
  });
  return { ...assemble(order, { results, retried: 0, left: 0 }, null, []), wallMs: 0 };
}

/** One job a scene. */
export function jobsOf({ subject, selections, seedSource, seeds }: Order): Job[] {
  return selections.flatMap(({ folder, scenes }) =>
    scenes.map((scene) => {
      const own = seedsOfScene(seedSource, scene, seeds);
      return { subject, suite: folder, scene: scene.name, seeds: own, prove: true };
    }),
  );
}

function digestOfFolder(folder: string): string | null {
  try {
    return digestOf(collectFiles(folder));
  } catch (error) {
    if (error instanceof SubjectError) return null;
    throw error;
  }
}

function assemble(
  order: Order,
  plays: Plays,
  digest: string | null,
  types: readonly string[],
): Omit<Grade, "wallMs"> {
  const { subject, selections, seedSource, only } = order;
  const replay: Replay = (lab, scene, seed) => replayCommand({ lab, scene, seed, subject, hidden: true });
  const results = [...plays.results];
  const labs = selections.map(({ lab, title, scenes }) => {
    const own = results.splice(0, scenes.length);
    return gradeLab(
      lab,
      title,
      scenes.map((scene, i) => gradeScene(scene, own[i]?.played ?? [], replay)),
      own.flatMap(({ played }) => played),
    );
  });
  const played = plays.results.flatMap((result) => result.played);
  const outcomes = played.map(({ outcome }) => outcome);
  const unplayable = outcomes.filter(
    ({ verdict }) => verdict === "does-not-compile" || verdict === "not-gradable",
  );
  const problems = unplayable.flatMap(({ failure }) => failure?.message.split("\n") ?? []);
  return {
    schema: GRADE_SCHEMA,
    course: courseOf(order.root),
    node: process.version,
    ...(seedSource instanceof Secret
      ? { seedBase: null, seedCommitment: seedSource.commitment }
      : { seedBase: seedSource }),
    ...order.place,
    digest,
    subject,
    ...(only !== undefined && { only }),
    labs,
    ...total(labs),
    problems: [...new Set(problems)],
    remarks: [...order.remarks],
    // What keeps a program from compiling is said above; the type checker only says it again, at length.
    typeErrors: unplayable.some(({ verdict }) => verdict === "does-not-compile") ? [] : [...types],
    judgeErrors: { retried: plays.retried, left: plays.left },
    cpuMs: Math.round(played.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0)),
    events: outcomes.reduce((sum, { inputs }) => sum + inputs, 0),
  };
}

/** Name and version of the course in `root`. */
export function courseOf(root: string): Grade["course"] {
  const text = readFileSync(path.join(root, "package.json"), "utf8");
  const { name, version } = JSON.parse(text) as Grade["course"];
  return { name, version };
}
