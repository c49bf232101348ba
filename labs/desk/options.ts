import { existsSync } from "node:fs";
import path from "node:path";
import { CommanderError } from "commander";
import { UsageError } from "../kit/program/errors";
import { DEFAULT_BASE, parseCount, parseSeed } from "../runner/seeds";
import { findSuite, listSuites, type Suite } from "../runner/suite";
import { commandLine } from "./command-line";
import { DEFAULT_SUBJECT } from "./report";

/** What was asked for on the command line of `lab`. */
export interface LabOptions {
  readonly suite: Suite;
  /** The folder of the program, as the user named it. */
  readonly subject: string;
  readonly seedBase: number;
  /** Seeds a scene. */
  readonly seeds: number;
  readonly only: string | undefined;
  readonly watch: boolean;
  readonly hidden: boolean;
  /** Where to write what the clients of a run saw. */
  readonly history: string | undefined;
}

/** So few that the answer comes at once, and enough to see that a failure depends on the seed. */
const SEEDS = 5;

const EXAMPLES = `
Examples:
  npm run lab -- 1                           every scene of lab 1, on skeleton/
  npm run lab -- 1 --watch                   and again whenever you save a file
  npm run lab -- 1 --only "split vote"       the scenes with these words in their names
  npm run lab -- 1 --only "split vote" --seed 7
                                             seed 7 alone: how you see a failure again
  npm run lab -- 1 --seeds 500               more seeds, for the rare cases
  npm run lab -- 1 --subject ../mine         a program in another folder

Exit code: 0 all passed, 1 something failed, 2 wrong usage, 4 an error of ours.`;

interface Parsed {
  readonly subject: string;
  readonly seed?: number;
  readonly seeds?: number;
  readonly only?: string;
  readonly watch?: boolean;
  readonly hidden?: boolean;
  readonly history?: string;
}

/**
 * Reads the command line of `lab`.
 *
 * @param args - without node and script
 * @param root - the folder of the course
 * @param write - where help and complaints go
 * @returns the exit code instead, if help was asked for or something is wrong with the line itself
 * @throws {@link UsageError} for an unknown lab or a bad value
 */
export function parseLab(
  args: readonly string[],
  root: string,
  write: { out(text: string): void; error(text: string): void },
): LabOptions | number {
  const command = commandLine(
    "lab",
    "Plays the public scenes of a lab on your program, in virtual time.",
    write,
  )
    .argument("<lab>", "the number of the lab")
    .option("--subject <dir>", "folder of the program", DEFAULT_SUBJECT)
    .option("--seed <number>", "play this seed alone; with --seeds N: derive N seeds from it", parseSeed)
    .option("--seeds <number>", `seeds a scene (default: ${SEEDS}, or 1 with --seed)`, parseCount)
    .option("--only <text>", "the scenes whose name contains this text, or the one that is called so")
    .option("--watch", "play again whenever a file of the program changes")
    .option("--hidden", "the grader's scenes instead of the public ones")
    .option("--history <file>", "write what the clients saw, of the first run that failed or else the first")
    .addHelpText("after", EXAMPLES);
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const { subject, seed, seeds, only, watch = false, hidden = false, history } = command.opts<Parsed>();
  const suite = findSuite(suitesIn(root, hidden), command.args[0] ?? "");
  const count = seeds ?? (seed === undefined ? SEEDS : 1);
  return { suite, subject, seedBase: seed ?? DEFAULT_BASE, seeds: count, only, watch, hidden, history };
}

function suitesIn(root: string, hidden: boolean): Suite[] {
  const labs = path.join(root, "labs");
  if (!hidden) return listSuites(labs);
  const suites = path.join(root, "grader", "suites");
  if (existsSync(suites)) return listSuites(suites, labs);
  throw new UsageError(
    "--hidden: this handout has no hidden scenes (there is no grader/suites); leave it out",
  );
}
