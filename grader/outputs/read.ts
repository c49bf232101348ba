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
 * Reads the documents of a class, in the order of their names.
 *
 * @throws UsageError if one cannot be read, or there is none
 */
export function readClass(folder: string): Entry[] {
  const names = readdirSync(path.join(folder, "marks"))
    .filter((name) => name.endsWith(".json"))
    .sort();
  if (names.length === 0) throw new UsageError(`“${folder}” has no marks of anybody`);
  return names.map((file) => {
    const marks = readAs(path.join(folder, "marks", file), marksSchema, "no document of marks");
    return { name: path.parse(file).name, marks, ...readGrade(path.join(folder, "grades", file)) };
  });
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
