import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CommanderError } from "commander";
import { extract } from "tar";
import { UsageError } from "../kit/program/errors";
import { collectFiles, digestOf, type SourceFile } from "../kit/subject/files";
import { subjectOf } from "../kit/subject/load";
import { SubjectError } from "../kit/subject/subject";
import { tarGz } from "./archive";
import { commandLine } from "./command-line";
import { DEFAULT_SUBJECT } from "./report";
import type { TypeCheck } from "./typecheck";

/** What the command works with. */
export interface HandinRoom {
  /** The folder of the course. */
  readonly root: string;
  readonly check: TypeCheck;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

interface Options {
  readonly out: string;
  readonly update?: string;
}

const NOTES = `
Only .ts files are packed: nothing else counts when it is graded. What does not compile is packed all the same, and said.

  npm run handin                             skeleton/ into handin.tar.gz
  npm run handin -- --update handout.tar.gz  lays a newer handout over this folder; what you have in skeleton/ stays

Exit code: 0 it was packed, 1 it was packed and does not compile, 2 wrong usage.`;

/**
 * The command `handin`: packs what is handed in, or lays a newer handout over this one.
 *
 * @param args - the command line, without node and script
 * @returns the exit code
 */
export async function runHandin(args: readonly string[], room: HandinRoom): Promise<number> {
  try {
    const command = commandLine("handin", "Packs your program for handing it in.", room)
      .argument("[dir]", "folder of the program", DEFAULT_SUBJECT)
      .option("--out <file>", "the archive", "handin.tar.gz")
      .option("--update <file>", "instead: unpacks a newer handout, and leaves your files alone")
      .addHelpText("after", NOTES)
      .parse(args, { from: "user" });
    const { out, update } = command.opts<Options>();
    if (update !== undefined) return await lay(update, room);
    return await pack(command.processedArgs[0] as string, out, room);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError) && !(error instanceof SubjectError)) throw error;
    room.error(`${error.message}\n`);
    return 2;
  }
}

async function pack(folder: string, file: string, room: HandinRoom): Promise<number> {
  const files = collectFiles(folder);
  const names = files.map((one) => one.path);
  const archive = await tarGz(folder, names, new Date(0));
  try {
    writeFileSync(file, archive);
  } catch (error) {
    throw new UsageError(`“${file}” cannot be written: ${(error as Error).message}`);
  }
  const problems = compileProblems(folder, files);
  for (const line of problems) room.error(`${line}\n`);
  if (problems.length === 0) {
    for (const line of await room.check(folder, new AbortController().signal))
      room.error(`${line} (costs nothing)\n`);
  }
  const size = `${names.length} files, ${Math.ceil(archive.length / 1024)} KiB`;
  room.out(`${file}: ${size}, digest ${digestOf(files).slice(0, 16)}\n`);
  if (problems.length > 0) room.error("it does not compile, so it would get no points\n");
  return problems.length > 0 ? 1 : 0;
}

function compileProblems(folder: string, files: readonly SourceFile[]): readonly string[] {
  try {
    subjectOf(folder, folder, files);
    return [];
  } catch (error) {
    if (error instanceof SubjectError) return error.lines;
    throw error;
  }
}

/** Files of the skeleton that are new come along; those that are there belong to the student. */
async function lay(archive: string, room: HandinRoom): Promise<number> {
  if (!existsSync(archive)) throw new UsageError(`there is no “${archive}”`);
  let written = 0;
  let kept = 0;
  const filter = (name: string): boolean => {
    const isOwn = name.startsWith("skeleton/") && existsSync(path.join(room.root, name));
    if (isOwn) kept += 1;
    else written += 1;
    return !isOwn;
  };
  try {
    await extract({ file: archive, cwd: room.root, filter, strict: true });
  } catch (error) {
    throw new UsageError(`“${archive}” is no handout that can be read: ${(error as Error).message}`);
  }
  room.out(`${written} files written, ${kept} of yours in skeleton/ left as they are; now: npm ci\n`);
  return 0;
}
