/**
 * The experiments of the guide pages: `npm run experiment -- terms`.
 *
 * @module
 */
import { Command, CommanderError } from "commander";
import { existsSync } from "node:fs";
import { EXPERIMENTS } from ".";
import { UsageError } from "../../labs/kit/program/errors";
import { loadSubject, SubjectError } from "../../labs/kit/subject";
import { parseCount } from "../../labs/runner/seeds";
import { ExperimentError } from "./experiment";
import { table } from "./table";

/** Whose behaviour is looked at if nobody names another folder. */
const SUBJECT = "solutions";

/** Where a command writes. */
export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Runs the command; returns the exit code: 0 it ran, 1 the program broke a rule or cannot run, 2 wrong usage. */
export function runExperiment(args: readonly string[], { out, error: complain }: Output): number {
  const command = new Command("npm run experiment --")
    .description(
      "Answers a question of the guide pages by running a program in virtual time. Ctrl-C stops it.",
    )
    .argument("[name]", "which experiment; without a name they are listed")
    .option("--subject <dir>", "folder of the program", SUBJECT)
    .option("--seeds <number>", "how many seeds (default: as many as the page shows)", parseCount)
    .helpOption("-h, --help", "this text")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: complain });
  try {
    command.parse(args, { from: "user" });
    const { subject, seeds } = command.opts<{ subject: string; seeds?: number }>();
    const [name] = command.args;
    out(`${name === undefined ? list() : run(name, subject, seeds)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) return say(error.message, 2, complain);
    if (error instanceof SubjectError || error instanceof ExperimentError)
      return say(error.message, 1, complain);
    throw error;
  }
}

function run(name: string, folder: string, seeds: number | undefined): string {
  const experiment = EXPERIMENTS.find((each) => each.name === name);
  if (experiment === undefined)
    throw new UsageError(`there is no experiment “${name}”; there are:\n${list()}`);
  if (folder === SUBJECT && !existsSync(folder))
    throw new UsageError(`there is no folder “${folder}”; name a program with --subject DIR`);
  return experiment.run({ subject: loadSubject(folder), seeds: seeds ?? experiment.seeds });
}

function list(): string {
  return table(
    ["experiment", "question"],
    EXPERIMENTS.map(({ name, question }) => [name, question]),
    [0, 1],
  );
}

function say(text: string, code: number, write: (text: string) => void): number {
  write(`${text}\n`);
  return code;
}

if (require.main === module) {
  const { argv, stdout, stderr } = process;
  process.exitCode = runExperiment(argv.slice(2), {
    out: (text) => stdout.write(text),
    error: (text) => stderr.write(text),
  });
}
