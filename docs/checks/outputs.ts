import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createColors } from "picocolors";
import { measureHere } from "../../labs/compare/comparison";
import { runLab } from "../../labs/desk/command";
import { runCompare } from "../../labs/desk/compare-command";
import { runConjecture } from "../../labs/desk/conjecture-command";
import { loadSubject } from "../../labs/kit/subject";
import { Pool } from "../../labs/runner/pool";
import { runExperiment } from "../experiments/main";
import { COPY, withChange, type Change } from "./changes";
import { parseCommand, type Command } from "./commands";
import { ROOT, wordOf, type Block } from "./pages";

/** The program of which a reader makes a copy. */
const ORIGINAL = "solutions";

/** A block of a page that shows a command and what it prints. */
export interface Shown {
  readonly command: Pick<Command, "script" | "args">;
  /** What the page says that it prints. */
  readonly output: string;
  /** Takes long; it is checked when somebody refreshes the pages, not at each test. */
  readonly slow: boolean;
  /** The change that the program needs first, by name. */
  readonly change: string | undefined;
}

/** What a block shows; undefined if it has no output, or (`seen`) one that no two runs have in common. */
export function shownBy(block: Block): Shown | undefined {
  const [first = "", ...output] = block.lines;
  if (block.language !== "console" || output.length === 0 || block.words.includes("seen")) return undefined;
  const command = parseCommand(first.replace(/^\$ /, ""));
  if (command === undefined) throw new Error(`“${first}” is no command of this course`);
  const slow = block.words.includes("slow");
  return { command, output: output.join("\n"), slow, change: wordOf(block, "change") };
}

/** What a command prints now. */
export async function outputOf(
  { command, change }: Shown,
  changes: ReadonlyMap<string, Change>,
): Promise<string> {
  if (change === undefined) return await run(command);
  const known = changes.get(change);
  if (known === undefined) throw new Error(`no page shows a change that is called “${change}”`);
  return await withChange(known, ORIGINAL, async (folder) => {
    const args = command.args.map((arg) => (arg === COPY ? folder : arg));
    return (await run({ ...command, args })).replaceAll(folder, COPY).replaceAll(`"${COPY}"`, COPY);
  });
}

/** Real times, and whatever else differs from run to run, are made equal. */
export function withoutTimes(output: string): string {
  return output.replace(/(s virtual) +\d+ ms$/gm, "$1 … ms").trimEnd();
}

async function run({ script, args }: Pick<Command, "script" | "args">): Promise<string> {
  let text = "";
  const write = (more: string): void => void (text += more);
  if (script === "experiment") runExperiment(args, { out: write, error: write });
  else if (script === "lab") await lab(args, write);
  else if (script === "compare") await compare(args, write);
  else if (script === "conjecture") runConjecture(args, { out: write, error: write });
  else throw new Error(`the output of npm run ${script} differs from run to run; call the block “seen”`);
  return text.trimEnd();
}

/** As the command does it, but in this process, and without a look at the types: a page shows how scenes end. */
async function lab(args: readonly string[], write: (text: string) => void): Promise<void> {
  const line = (text = ""): void => write(`${text}\n`);
  await runLab(args, {
    root: ROOT,
    pool: new Pool({ workers: 1 }),
    screen: { line, clear: () => undefined, colors: createColors(false) },
    check: () => Promise.resolve([]),
    error: line,
    signal: new AbortController().signal,
  });
}

/** As the command does it, but in this process. */
async function compare(args: readonly string[], write: (text: string) => void): Promise<void> {
  await runCompare(args, {
    out: write,
    error: write,
    measure: ({ subject, order, parts }) =>
      Promise.resolve({ rows: measureHere(loadSubject(subject), order, parts), problems: [] }),
    progress: () => undefined,
  });
}

/** What a script of package.json does, or an error that it does not exist. */
export function scriptOf(name: string): string {
  const text = readFileSync(path.join(ROOT, "package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const script = scripts[name];
  if (script === undefined) throw new Error(`package.json has no script “${name}”`);
  return script;
}

/** Standard output of node. */
export function printed(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`node ${args.join(" ")}: ${stderr}`));
    });
  });
}
