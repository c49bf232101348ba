import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { comparisonOf, tellComparison, type Comparison } from "../compare/comparison";
import type { Findings, Work } from "../compare/crew";
import { errandsOf, tellErrand, type Errand } from "../compare/errand";
import { htmlFile, svgFiles } from "../compare/files";
import { CompareError } from "../compare/store";
import { UsageError } from "../kit/program/errors";
import { SubjectError } from "../kit/subject";
import { parseCompare, type CompareOptions } from "./compare-options";

/** What the command has at hand. */
export interface CompareRoom {
  out(text: string): void;
  error(text: string): void;
  /** Measures; see `sendCrew`. */
  measure(work: Work, onDone: (errand: Errand) => void): Promise<Findings>;
  /** Shows how far it is: how many pieces of how many, and which is done. */
  progress(done: number, total: number, what: string): void;
}

/**
 * The command `compare`.
 *
 * @param args - the command line, without node and script
 * @returns the exit code: 0 all was measured, 1 something was not: the program breaks a rule or lacks a lab, 2 wrong usage
 */
export async function runCompare(args: readonly string[], room: CompareRoom): Promise<number> {
  try {
    const options = parseCompare(args, room);
    if (typeof options === "number") return options;
    prepare(options);
    const { comparison, problems } = await compare(options, room);
    if (comparison.parts.length > 0) {
      room.out(`${tellComparison(comparison)}\n`);
      for (const file of write(comparison, options)) room.error(`written: ${file}\n`);
    }
    const [first] = problems;
    if (first === undefined) return 0;
    const count = `${problems.length} of ${errandsOf(options.parts, options.order).length} measurements`;
    return complain(`left out: ${count}; the first of them, ${first}`, 1, room);
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, 2, room);
    if (error instanceof CompareError || error instanceof SubjectError)
      return complain(error.message, 1, room);
    throw error;
  }
}

async function compare(
  { subject, order, parts }: CompareOptions,
  room: CompareRoom,
): Promise<{ readonly comparison: Comparison; readonly problems: readonly string[] }> {
  const total = errandsOf(parts, order).length;
  let done = 0;
  room.progress(done, total, "");
  const { rows, problems } = await room.measure({ subject, order, parts }, (errand) => {
    room.progress(++done, total, tellErrand(errand, order));
  });
  return { comparison: comparisonOf(subject, order, rows), problems };
}

/** Makes the folders before anything is measured: a minute later would be a bad time to learn that it cannot be. */
function prepare({ json, out }: CompareOptions): void {
  if (out !== undefined) attempt(out, () => mkdirSync(out, { recursive: true }));
  if (json === undefined) return;
  attempt(json, () => {
    mkdirSync(path.dirname(json), { recursive: true });
    if (existsSync(json) && !statSync(json).isFile()) throw new Error("it is not a file");
  });
}

/** Writes what was asked for, and says what it has written. */
function write(comparison: Comparison, { json, out }: CompareOptions): string[] {
  const files =
    out === undefined
      ? []
      : [...svgFiles(comparison), htmlFile(comparison)].map(({ name, text }) => {
          return { file: path.join(out, name), text };
        });
  if (json !== undefined) files.push({ file: json, text: `${JSON.stringify(comparison, undefined, 1)}\n` });
  for (const { file, text } of files) attempt(file, () => writeFileSync(file, text));
  return files.map(({ file }) => file);
}

function attempt(place: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${place} cannot be written (${why}): name another place`);
  }
}

function complain(message: string, code: number, room: CompareRoom): number {
  room.error(`${message}\n`);
  return code;
}
