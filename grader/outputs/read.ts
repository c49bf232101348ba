import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";
import { type Marks, marksSchema } from "../policy/marks";
import { type Grade, gradeSchema } from "../schema/grade";

/** One submission of a class that was graded. */
export interface Entry {
  /** Its name as a file: that of its documents. */
  readonly name: string;
  readonly grade: Grade;
  readonly marks: Marks;
  /** When it was graded, in ms since 1970. */
  readonly at: number;
}

/**
 * Reads a document that `npm run grade` wrote.
 *
 * @throws UsageError if there is none, or it is something else
 */
export function readGrade(file: string): { readonly grade: Grade; readonly at: number } {
  return { grade: readAs(file, gradeSchema, "no document of a grade"), at: statSync(file).mtimeMs };
}

/** True for the folder of a class that `npm run grade -- batch` wrote. */
export function isClassFolder(place: string): boolean {
  return existsSync(path.join(place, "grades")) && existsSync(path.join(place, "marks"));
}

/**
 * Reads the submissions of a class, in the order of their names, one at a time.
 *
 * @throws UsageError if one cannot be read, or there is none
 */
export function* readClass(folder: string): Generator<Entry> {
  for (const [name, marks] of marksIn(folder, "marks")) {
    yield { name, marks, ...readGrade(path.join(folder, "grades", `${name}.json`)) };
  }
}

/**
 * Reads what counts of all that each student of a class has handed in.
 *
 * @throws UsageError as {@link readClass} does
 */
export function readStandings(folder: string): Marks[] {
  return [...marksIn(folder, "standing")].map(([, marks]) => marks);
}

function* marksIn(folder: string, kind: "marks" | "standing"): Generator<[name: string, Marks]> {
  const place = path.join(folder, kind);
  const names = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(".json")) : [];
  if (names.length === 0) {
    throw new UsageError(`“${folder}” has no marks of anybody; \`npm run grade -- batch\` writes them`);
  }
  for (const name of names.sort()) {
    yield [path.parse(name).name, readAs(path.join(place, name), marksSchema, "no document of marks")];
  }
}

function readAs<Schema extends z.ZodType>(file: string, schema: Schema, wrong: string): z.infer<Schema> {
  const parsed = schema.safeParse(json(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new UsageError(`“${file}” is ${wrong}: ${place === "" ? "" : `${place}: `}${issue?.message}`);
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`“${file}” ${code === undefined ? "is no JSON" : `cannot be read (${code})`}`);
  }
}
