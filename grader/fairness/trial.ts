import { existsSync } from "node:fs";
import path from "node:path";
import { replayCommand } from "../../labs/desk/report";
import type { Outcome } from "../../labs/kit/scene/outcome";
import type { Pool } from "../../labs/runner/pool";
import type { Job, JobResult } from "../../labs/runner/run";
import { seedsOf } from "../../labs/runner/seeds";
import { playJobs } from "../grading/play";
import type { Selection } from "../grading/selection";
import type { Innocent } from "./subjects";

/** Programs that are right, the scenes that they have to pass, and under which seeds. */
export interface Charge {
  readonly root: string;
  readonly innocents: readonly Innocent[];
  readonly selections: readonly Selection[];
  readonly seedBase: number;
  /** Seeds a scene, those that are left out included. */
  readonly seeds: number;
  /** So many seeds of each scene are left out: an earlier trial has played them. */
  readonly skip: number;
}

/** A program, and a scene that it is played in. */
export interface Case {
  readonly lab: number;
  readonly scene: string;
  readonly hidden: boolean;
  readonly subject: string;
  /** Folder of the suite. */
  readonly suite: string;
  /** The folder of the program, as a command line names it. */
  readonly path: string;
}

/** A right program that was accused: the scene is wrong, or the program is not right after all. */
export interface Accusation {
  readonly of: Case;
  readonly outcome: Outcome;
  readonly replay: string;
}

/** Some seeds of each case. */
export interface Round {
  readonly cases: readonly { readonly case: Case; readonly result: JobResult }[];
  readonly accusations: readonly Accusation[];
  /** So many seeds of each scene have been played so far, skipped ones included. */
  readonly done: number;
  /** Runs that ended in an error of our own, twice. */
  readonly judgeErrors: number;
}

/** A round holds so many seeds of each scene at most; after each, what was found so far is told. */
const ROUND = 100;

/** The cases of a charge: a variant of one lab's program is not played in the scenes of another. */
export function casesOf({ root, innocents, selections }: Charge): Case[] {
  const suites = path.join(root, "grader", "suites");
  return selections.flatMap(({ lab, folder, scenes }) =>
    scenes.flatMap(({ name, needs }) => {
      const able = innocents.filter((each) => existsSync(path.join(root, each.path, needs.file)));
      const hidden = folder.startsWith(suites);
      return able.map((each): Case => {
        return { lab, scene: name, hidden, subject: each.name, suite: folder, path: each.path };
      });
    }),
  );
}

/**
 * Plays all cases, in rounds.
 *
 * @param onRun - is told of every run that is over
 * @throws JudgeError if a suite does not load
 */
export async function* trial(
  pool: Pool,
  charge: Charge,
  signal: AbortSignal,
  onRun: (job: Job) => void,
): AsyncGenerator<Round> {
  const cases = casesOf(charge);
  for (let first = charge.skip; first < charge.seeds; first += ROUND) {
    const done = Math.min(first + ROUND, charge.seeds);
    const jobs = cases.map((each): Job => {
      const seeds = seedsOf(charge.seedBase, each.lab, each.scene, charge.seeds).slice(first, done);
      const subject = path.join(charge.root, each.path);
      return { subject, suite: each.suite, scene: each.scene, seeds, prove: first === 0 };
    });
    const { results, left } = await playJobs(pool, jobs, { signal, onOutcome: onRun });
    const pairs = cases.flatMap((each, i) => {
      const result = results[i];
      return result === undefined ? [] : [{ case: each, result }];
    });
    yield { cases: pairs, accusations: pairs.flatMap(accusationsIn), done, judgeErrors: left };
  }
}

function accusationsIn({ case: of, result }: Round["cases"][number]): Accusation[] {
  const { lab, scene, path: subject, hidden } = of;
  return result.played.flatMap(({ outcome }) => {
    if (outcome.verdict === "accepted") return [];
    const replay = replayCommand({ lab, scene, seed: outcome.seed, subject, hidden });
    return [{ of, outcome, replay }];
  });
}
