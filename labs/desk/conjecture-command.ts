import { readFileSync, writeFileSync } from "node:fs";
import { CommanderError, InvalidArgumentError } from "commander";
import { CLAIMS, FAULTS, parseConjecture, tellConjecture, type Conjecture } from "../conjecture/claim";
import type { Step } from "../conjecture/script";
import { findingOf, search, type Effort, type Run } from "../conjecture/search";
import { tellStory } from "../conjecture/story";
import { UsageError } from "../kit/program/errors";
import { loadSubject, SubjectError, type Subject } from "../kit/subject";
import { parseSeed } from "../runner/seeds";
import { commandLine, type Paper, REFERENCE_OR_OWN, referenceOrOwn } from "./command-line";

/** Enough for the classic ones; a few seconds. */
const TRIES = 5000;

const MAX_TRIES = 10_000_000;

const NOTES = `
FILE holds the same as JSON, e.g.
  { "N": 3, "W": 2, "R": 2, "promise": "regular", "claim": "linearizable" }
and may hold a "script" of its own, which is then played and judged instead of a search.
W and R are majorities and the promise is atomic unless you say otherwise.

Claims: ${CLAIMS.join(", ")}.
Faults: ${FAULTS.join(", ")}, or none.

Examples:
  npm run conjecture -- --N 3 --W 2 --R 2 --promise regular --claim linearizable
  npm run conjecture -- --N 3 --W 1 --R 1 --claim converges --repair-every 100 --faults delays,partitions
  npm run conjecture -- mine.json --tries 50000 --save found.json --history found.ndjson

Exit code: 0 no counterexample, 1 one was found, 2 wrong usage, 4 an error of ours.`;

const EXIT = { kept: 0, refuted: 1, broken: 1, undecided: 4 } as const;

/** What is to be told. */
interface Result {
  readonly head: string;
  readonly run: Run | undefined;
}

interface Options {
  readonly N?: number;
  readonly W?: number;
  readonly R?: number;
  readonly promise?: string;
  readonly claim?: string;
  readonly coordinators?: number;
  readonly keys?: number;
  readonly steps?: number;
  readonly faults?: string;
  readonly repairEvery?: number;
  readonly subject?: string;
  readonly seed: number;
  readonly tries: number;
  readonly save?: string;
  readonly history?: string;
}

/**
 * The command `conjecture`: looks for a run in which a claim about a configuration does not hold, and tells it as a short story.
 *
 * @param args - the command line, without node and script
 * @param onTry - told how many runs there were so far
 * @returns the exit code
 */
export function runConjecture(
  args: readonly string[],
  paper: Paper,
  onTry: (runs: number) => void = () => undefined,
): number {
  try {
    const { file, options } = parse(args, paper);
    const conjecture = conjectureOf(file, options);
    const subject = loadSubject(options.subject ?? referenceOrOwn());
    const { script } = conjecture;
    const { head, run } =
      script === undefined
        ? look(conjecture, { subject, seed: options.seed, tries: options.tries, onTry })
        : playOnce(conjecture, script, subject);
    const story = run === undefined ? [] : ["", ...tellStory(conjecture, run), ""];
    const kept = run === undefined ? [] : keep(options, conjecture, run);
    const again = script === undefined && run !== undefined ? [againBy(args, options)] : [];
    paper.out(
      `${[`${tellConjecture(conjecture)}.`, head, ...story, ...kept, ...again].join("\n").trimEnd()}\n`,
    );
    return EXIT[run?.finding.kind ?? "kept"];
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof SubjectError) {
      paper.error(`${error.message}\n`);
      return 2;
    }
    const details = error instanceof Error ? error.stack : String(error);
    paper.error(`An error of ours, not of your program:\n${details}\n`);
    return 4;
  }
}

/** Equal words find the same. */
function againBy(args: readonly string[], { seed }: Options): string {
  const words = args.includes("--seed") ? args : [...args, "--seed", String(seed)];
  return `Again: npm run conjecture -- ${words.map(quoted).join(" ")}`;
}

function parse(args: readonly string[], paper: Paper): { file: string | undefined; options: Options } {
  const command = commandLine(
    "conjecture",
    "Looks for a run in which a claim about replicas and coordinators does not hold.",
    paper,
  )
    .argument("[file]", "the conjecture as JSON; what is said on the command line goes first")
    .option("--N <number>", "replicas (default: 3)", wholeNumber)
    .option("--W <number>", "how many acknowledge a write", wholeNumber)
    .option("--R <number>", "how many answer a read", wholeNumber)
    .option("--promise <name>", "what coordinators are asked to promise: eventual, regular or atomic")
    .option("--claim <name>", "what you claim of the answers")
    .option("--coordinators <number>", "how many there are (default: 3)", wholeNumber)
    .option("--keys <number>", "how many there are (default: 1)", wholeNumber)
    .option("--steps <number>", "how much may happen in one try (default: 8)", wholeNumber)
    .option("--faults <names>", "what may happen to operations (default: delays)")
    .option("--repair-every <ms>", "between two rounds of anti-entropy (default: 0, never)", wholeNumber)
    .option("--subject <dir>", `folder of the program (default: ${REFERENCE_OR_OWN})`)
    .option("--seed <number>", "where all tries come from", parseSeed, 1)
    .option("--tries <number>", "how many there are at most", tries, TRIES)
    .option("--save <file>", "write the counterexample, as a conjecture with a script")
    .option("--history <file>", "write what clients saw in it, for check-history")
    .addHelpText("after", NOTES);
  command.parse([...args], { from: "user" });
  return { file: command.args[0], options: command.opts<Options>() };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number, in decimal.");
  return Number(text);
}

function tries(text: string): number {
  const count = wholeNumber(text);
  if (count < 1 || count > MAX_TRIES) throw new InvalidArgumentError(`It is 1 to ${MAX_TRIES}.`);
  return count;
}

/** What the file says, and before it the command line. */
function conjectureOf(file: string | undefined, options: Options): Conjecture {
  const { N, W, R, promise, claim, coordinators, keys, steps, faults, repairEvery } = options;
  const flags = { N, W, R, promise, claim, coordinators, keys, steps, faults: faultsIn(faults), repairEvery };
  const said = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const inFile = file === undefined ? {} : objectIn(file);
  const replicas = Number(said.N ?? inFile.N ?? 3);
  const majority = Math.floor(replicas / 2) + 1;
  const usual = { N: replicas, W: majority, R: majority, promise: "atomic" };
  return parseConjecture({ ...usual, ...inFile, ...said }, file ?? "the command line");
}

function faultsIn(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  return text === "none" ? [] : text.split(",").map((word) => word.trim());
}

function objectIn(file: string): { readonly [field: string]: unknown } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(
      `${file} cannot be read: name a file with a conjecture, or give --N, --W, --R and --claim`,
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new UsageError(`${file}: a conjecture is an object such as { "N": 3, "claim": "linearizable" }`);
  return data as { readonly [field: string]: unknown };
}

/** Plays the script of a conjecture, once, and tells it whatever comes of it. */
function playOnce(conjecture: Conjecture, script: readonly Step[], subject: Subject): Result {
  const trial = { seed: conjecture.seed ?? 0, script };
  const run = { trial, ...findingOf(conjecture, trial, subject, true) };
  return { head: "The script, step by step:", run };
}

function look(conjecture: Conjecture, effort: Effort): Result {
  const { tries, smaller, steps, counterexample: run } = search(conjecture, effort);
  if (run === undefined) {
    const head = `No counterexample in ${tries} tries. That is no proof: the next one may find one.`;
    return { head, run };
  }
  const now = run.played.happened.length;
  const head = `Try ${tries} was a counterexample, of ${count(steps, "step")}; ${smaller} more made it ${count(now, "step")}:`;
  return { head, run };
}

/** Where the counterexample was written, and how to see it again. */
function keep({ save, history }: Options, conjecture: Conjecture, { trial, played }: Run): string[] {
  const lines: string[] = [];
  if (save !== undefined) {
    write("--save", save, `${JSON.stringify({ ...conjecture, ...trial }, undefined, 2)}\n`);
    lines.push(`The script: npm run conjecture -- ${quoted(save)}`);
  }
  if (history !== undefined) {
    write("--history", history, played.outcome.history ?? "");
    lines.push(`What clients saw: npm run check-history -- ${quoted(history)} --levels`);
  }
  return lines;
}

function write(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${option}: ${file} cannot be written (${why}); name a file in a folder that exists`,
    );
  }
}

function quoted(word: string): string {
  return /^[\w./\\:=,-]+$/.test(word) ? word : `"${word}"`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
