import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { selectLabs } from "../grading/selection";
import { CANVAS_MATCH, fillCanvas, type FilledCanvas } from "../outputs/gradebook/canvas";
import type { Decimal, Mark } from "../outputs/gradebook/fill";
import { fillMoodle } from "../outputs/gradebook/moodle";
import { readSheet } from "../outputs/gradebook/sheet";
import { isClassFolder, readGrade } from "../outputs/read";
import { submissionOf } from "../outputs/submission";
import { refuseOtherPolicy } from "../policy/applied";
import { readStandings } from "../policy/class-folder";
import type { Course } from "../policy/course";
import type { Marks } from "../policy/marks";
import { roundPoints } from "../policy/rounding";
import { idsOf } from "../policy/students";
import { EXIT } from "./command";
import { counted } from "./progress";
import type { Room } from "./room";

/** Gradebooks that can be filled in. */
export const GRADEBOOKS = ["canvas", "moodle"] as const;

/** What a gradebook needs to be told. */
export interface GradebookOptions {
  readonly template?: string;
  readonly column?: string;
  readonly match?: string;
  readonly labs?: string;
  readonly decimal?: Decimal;
  readonly out?: string;
  readonly student?: string;
  readonly submitted?: string;
}

/**
 * Fills in an exported gradebook.
 *
 * @returns the exit code: 1 if a graded student is not in it
 */
export function exportGradebook(
  to: (typeof GRADEBOOKS)[number],
  source: string,
  course: Course,
  options: GradebookOptions,
  room: Room,
): number {
  const { template, column, decimal, out } = options;
  if (template === undefined || column === undefined) {
    throw new UsageError(
      `${to}: say with --template which file it exported, and with --column what to fill in`,
    );
  }
  const match = options.match ?? (to === "canvas" ? CANVAS_MATCH : undefined);
  if (match === undefined) {
    throw new UsageError(
      "moodle: say with --match which column tells students apart, such as the one of their e-mail addresses",
    );
  }
  if (out !== undefined && path.resolve(out) === path.resolve(template)) {
    throw new UsageError("--out is the file of --template; keep that one, and name another");
  }
  const marks = marksFrom(source, course, options).map((each) => markOf(each, course, match, options.labs));
  const sheet = readSheet(bytesOf(template), template);
  const filled: FilledCanvas =
    to === "canvas"
      ? fillCanvas(sheet, marks, column, { match, ...(decimal !== undefined && { decimal }) })
      : { ...fillMoodle(sheet, marks, column, match, decimal), warnings: [] };
  if (out === undefined) room.out(filled.bytes.toString("utf8"));
  else writeOut(out, filled.bytes);
  (out === undefined ? room.error : room.out)(report(filled, column));
  if (filled.unknown.length > 0) return EXIT.found;
  return marks.every(({ final }) => final) ? EXIT.worked : EXIT.ours;
}

/** One for each student: what counts of all that was handed in. */
function marksFrom(source: string, course: Course, options: GradebookOptions): Marks[] {
  if (!isClassFolder(source)) {
    const { student, submitted: submittedAt } = options;
    return [submissionOf(readGrade(source).grade, course, { student, submittedAt }).marks];
  }
  refuseOtherPolicy(source, course);
  return [...readStandings(source).values()];
}

function markOf({ student, labs, final }: Marks, course: Course, match: string, text?: string): Mark {
  const wanted = selectLabs(
    labs.map(({ lab, title }) => ({ lab, title, folder: "" })),
    text,
  ).map(({ lab }) => lab);
  const own = labs.filter(({ lab }) => wanted.includes(lab));
  const sum = (of: (lab: Marks["labs"][number]) => number): number =>
    roundPoints(
      own.reduce((total, lab) => total + of(lab), 0),
      course,
    );
  return {
    student,
    id: idsOf(student, course)[match] ?? student,
    points: sum(({ points }) => points),
    maxPoints: sum(({ maxPoints }) => maxPoints),
    final,
  };
}

function report(
  { written, changed, unknown, missing, left, decimal, warnings }: FilledCanvas,
  column: string,
): string {
  return [
    `“${column}”: ${counted(written, "student")} filled in, with a decimal ${decimal}`,
    ...warnings.map((line) => `Look at this: ${line}`),
    ...list("Graded, but not in the gradebook", unknown),
    ...list("Left alone", left),
    ...list("Changed", changed),
    ...list("In the gradebook, but without a grade", missing),
    "",
  ].join("\n");
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)];
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`“${file}” cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function writeOut(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new UsageError(`--out ${file}: it cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
