import { readFileSync } from "node:fs";
import { CommanderError, Option } from "commander";
import { checkLinearizable, HistoryError, tellVerdict, type History, type Model } from "../kit/check";
import { fold } from "../kit/check/explain";
import { MODELS, type ModelName } from "../kit/check/models";
import { readHistory } from "../kit/check/readers";
import { ladder } from "../kit/check/weaker";
import { UsageError } from "../kit/program/errors";
import { commandLine, type Paper } from "./command-line";

const NOTES = `
FILE is a history in our own lines of JSON, a console log or EDN of Jepsen, or EDN lines of MIT's key/value tests.

Exit code: 0 linearizable, 1 not linearizable, 2 wrong usage, 4 undecided: a human must look.`;

const EXIT = { linearizable: 0, "not linearizable": 1, undecided: 4 } as const;

interface Options {
  readonly model?: ModelName;
  readonly every?: boolean;
  readonly levels?: boolean;
}

/**
 * The command `check-history`: is the history in a file linearizable, and if not, why, and what does it keep?
 *
 * @param args - the command line, without node and script
 * @returns the exit code
 */
export function runCheckHistory(args: readonly string[], paper: Paper): number {
  try {
    const command = commandLine("check-history", "Judges whether a history is linearizable.", paper)
      .argument("<file>", "the history")
      .addOption(
        new Option("--model <name>", "what the history must be of (default: the file tells)").choices(
          Object.keys(MODELS),
        ),
      )
      .option("--every", "what is wrong with every part of it, not only with the first")
      .option("--levels", "also which weaker promises it keeps")
      .addHelpText("after", NOTES);
    command.parse([...args], { from: "user" });
    const { every = false, levels = false, model } = command.opts<Options>();
    const [file = ""] = command.args;
    const log = readHistory(textOf(file), model);
    return judge(log.history, MODELS[log.model], { every, levels }, paper);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError || error instanceof HistoryError)) throw error;
    paper.error(`${error instanceof HistoryError ? "not a history: " : ""}${error.message}\n`);
    return 2;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`${file} cannot be read: name a file with a history`);
  }
}

function judge(
  history: History,
  model: Model,
  { every, levels }: { readonly every: boolean; readonly levels: boolean },
  paper: Paper,
): number {
  const verdict = checkLinearizable(history, model, { every });
  paper.out(`${tellVerdict(verdict, history, model)}\n`);
  if (levels) paper.out(`\n${tellLevels(history, model)}`);
  return EXIT[verdict.verdict];
}

function tellLevels(history: History, model: Model): string {
  const { levels, strongest } = ladder(history, model);
  const lines = levels.flatMap((found) => {
    // What is wrong with the first is told already.
    const why = found.verdict === "yes" || found.level === "linearizable" ? "" : `  ${found.sentence}`;
    const line = `${found.level.padEnd(20)} ${found.verdict.padEnd(9)}`;
    return fold(`${line}${why}`, " ".repeat(line.length + 2));
  });
  const kept = strongest.length === 0 ? "none of these" : strongest.join(", ");
  return `${lines.join("\n")}\n\nIt keeps: ${kept}.\n`;
}
