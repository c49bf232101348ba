import { writeFileSync } from "node:fs";
import path from "node:path";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { compare, THRESHOLD } from "../similarity/compare";
import { similarityPage } from "../similarity/page";
import { type Program, type Programs, readClass } from "../similarity/programs";
import { type Tokens, tokensOf } from "../similarity/tokens";
import { RefusedError } from "../submissions/intake";
import { readSubmission } from "../submissions/read";
import { EXIT, fileIn, runCommand } from "./command";
import type { Room } from "./room";
import { similarReport } from "./similar-report";

const NOTES = `
Examples:
  npm run grade -- similar ../submissions
  npm run grade -- similar ../submissions --earlier ../2025 ../2024
  npm run grade -- similar ../submissions --given skeleton ../released/lab-2
                                             parts that you gave out are nobody's work

SUBMISSIONS has a folder, an archive or a bare repository for each student. Names, values, types, comments and
layout do not count; what stands in what everybody was given does not either. Listed are pairs of which one
has ${percent(THRESHOLD.share)} of its own in the other, or ${THRESHOLD.tokens} tokens (ten lines) in one piece. Nothing of the programs is run.

It is a list for human eyes: no mark follows from it. Written are similar.html, with what is alike side by
side, and similar.json.

Exit code: 0 it worked, whatever was found; 2 wrong usage; 4 an error of the grader.`;

interface Options {
  readonly earlier: readonly string[];
  readonly given: readonly string[];
  readonly threshold: number;
  readonly tokens: number;
  readonly out: string;
  readonly json?: boolean;
}

/**
 * The command `grade similar`: which programs of a class look alike, for somebody to look at.
 *
 * @param args - the command line behind \`similar\`
 * @returns the exit code
 */
export function runSimilar(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const { submissions, options } = parse(args, room);
    const { threshold: share, tokens, out } = options;
    const given = await Promise.all(options.given.map((place) => tokensIn(place)));
    const all = await readAll(submissions, options.earlier);
    const [page, document] = [fileIn(out, "similar.html"), fileIn(out, "similar.json")];
    const similarity = compare(all, { given, threshold: { share, tokens } });
    const text = `${JSON.stringify(similarity, undefined, 2)}\n`;
    writeFileSync(document, text);
    writeFileSync(page, similarityPage(similarity, linesIn(all.programs)));
    room.out(options.json === true ? text : `${similarReport(similarity, room.colors)}\n${page}\n`);
    return EXIT.worked;
  });
}

function parse(args: readonly string[], room: Room): { submissions: string; options: Options } {
  const command = commandLine("grade", "Shows which programs of a class look alike, for human eyes.", room)
    .name("npm run grade -- similar")
    .argument("<submissions>", "a folder with the program of each student in it")
    .option("--earlier <dirs...>", "such folders of earlier years; compared with this one only", [])
    .option("--given <places...>", "what everybody was given: skeleton, released parts", [
      path.join(room.root, "skeleton"),
    ])
    .option("--threshold <share>", "lists a pair from this share on, 0 to 1", parseShare, THRESHOLD.share)
    .option("--tokens <number>", "or with so many tokens in one piece", parseTokens, THRESHOLD.tokens)
    .option("--out <dir>", "the folder for similar.html and similar.json", "similar-out")
    .option("--json", "the document alone on standard output")
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return { submissions: command.processedArgs[0] as string, options: command.opts<Options>() };
}

async function tokensIn(place: string): Promise<Tokens> {
  try {
    return tokensOf((await readSubmission(place)).files);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new UsageError(`--given ${place}: ${error.message}`);
  }
}

async function readAll(submissions: string, earlier: readonly string[]): Promise<Programs> {
  const labels = earlier.map((folder) => path.basename(path.resolve(folder)));
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) {
    throw new UsageError(
      `--earlier: two folders are called ${twice}; rename one, so that its programs can be told apart`,
    );
  }
  const classes = [await readClass(submissions)];
  for (const [i, folder] of earlier.entries()) classes.push(await readClass(folder, labels[i]));
  const programs = classes.flatMap((each) => each.programs);
  if (programs.length === 0) {
    const [why = "it is empty"] = classes.flatMap(({ unread }) => unread);
    throw new UsageError(`“${submissions}” holds no program that can be read (${why})`);
  }
  return { programs, unread: classes.flatMap(({ unread }) => unread) };
}

function linesIn(
  programs: readonly Program[],
): (name: string, file: string) => readonly string[] | undefined {
  const byName = new Map(programs.map((program) => [program.name, program]));
  return (name, file) => byName.get(name)?.tokens.files.find(({ path: own }) => own === file)?.lines;
}

function parseShare(text: string): number {
  const share = /^\d?\.?\d+$/.test(text) ? Number(text) : NaN;
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`--threshold ${text}: a share lies between 0 and 1, such as 0.3`);
}

function parseTokens(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(
    `--tokens ${text}: say a number of tokens, such as ${THRESHOLD.tokens}; a line has about ten`,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
