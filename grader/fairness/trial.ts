import { existsSync } from "node:fs";
import path from "node:path";
import { replayCommand } from "../../labs/desk/report";
import type { Outcome } from "../../labs/kit/scene/outcome";
import type { Pool } from "../../labs/runner/pool";
import type { Job, JobResult } from "../../labs/runner/run";
import { seedsOf } from "../../labs/runner/seeds";
import { playJobs } from "../grading/play";
import type { Selection } from "../grading/selection";
import type { Trees } from "../mutation/tree";
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
  /** Every so-many-th program plays a scene, another one the next scene; 1: all play all. */
  readonly turns: number;
}

/** A program, and a scene that it is played in. */
export interface Case {
  readonly lab: number;
  readonly scene: string;
  readonly hidden: boolean;
  readonly of: Innocent;
  /** Folder of the suite. */
  readonly suite: string;
}

/** A right program that was accused: the scene is wrong, or the program is not right after all. */
export interface Accusation {
  readonly of: Case;
  readonly outcome: Outcome;
  /** The command that writes the program into a folder, if it has none of its own. */
  readonly write?: string;
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

/**
 * The cases of a charge: a program is played only in the scenes of labs that it implements, and in those of a challenge only if it takes
 * that up. Programs take turns from scene to scene
 * if the charge says so, and in a scene that is graded under a share of the seeds while these are too few for each: with `--seeds 10`
 * all play a scene of share 0.1.
 */
export function casesOf({ root, innocents, selections, seeds, turns: wanted }: Charge): Case[] {
  const suites = path.join(root, "grader", "suites");
  return selections.flatMap(({ lab, folder, scenes }) =>
    scenes.flatMap(({ name, needs, challenge, share = 1 }, place) => {
      const able = innocents.filter(
        (each) =>
          implementsLab(each, lab, path.join(root, "solutions", needs.file)) &&
          !(challenge && each.unchallenged === true),
      );
      const hidden = folder.startsWith(suites);
      const turns = Math.max(wanted, Math.round(1 / (seeds * share)));
      const playing = able.filter((_, i) => (place + i) % turns === 0);
      return playing.map((of): Case => ({ lab, scene: name, hidden, of, suite: folder }));
    }),
  );
}

/** @param file - where the reference of this lab lies, if it has been written */
function implementsLab({ labs }: Innocent, lab: number, file: string): boolean {
  return labs === undefined ? existsSync(file) : labs.includes(lab);
}

/**
 * Plays all cases, in rounds.
 *
 * @param trees - gives a folder to programs that have none
 * @param onRun - is told of every run that is over
 * @throws JudgeError if a suite does not load
 */
export async function* trial(
  pool: Pool,
  charge: Charge,
  trees: Trees,
  signal: AbortSignal,
  onRun: (job: Job) => void,
): AsyncGenerator<Round> {
  const cases = casesOf(charge);
  const folders = new Map(charge.innocents.map((each) => [each, folderOf(each, charge.root, trees)]));
  for (let first = charge.skip; first < charge.seeds; first += ROUND) {
    const done = Math.min(first + ROUND, charge.seeds);
    const jobs = cases.map((each): Job => {
      const seeds = seedsOf(charge.seedBase, each.lab, each.scene, charge.seeds).slice(first, done);
      const subject = folders.get(each.of) ?? "";
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

function folderOf({ name, home }: Innocent, root: string, trees: Trees): string {
  return typeof home === "string" ? path.join(root, home) : trees.write(name, home);
}

function accusationsIn({ case: of, result }: Round["cases"][number]): Accusation[] {
  const { lab, scene, hidden } = of;
  const { name, home } = of.of;
  const subject = typeof home === "string" ? home : `grade-out/${name}`;
  const write = typeof home === "string" ? {} : { write: writeCommand(name, subject) };
  return result.played.flatMap(({ outcome }) => {
    if (outcome.verdict === "accepted") return [];
    const replay = replayCommand({ lab, scene, seed: outcome.seed, subject, hidden });
    return [{ of, outcome, ...write, replay }];
  });
}

function writeCommand(name: string, folder: string): string {
  return `npm run variants -- --only ${name} --write ${folder}`;
}
