import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { type Grade, gradeSchema } from "../schema/grade";

/**
 * Reads a document that `npm run grade` wrote.
 *
 * @returns the grade, and when it was written, in ms since 1970
 * @throws UsageError if there is none, or it is something else
 */
export function readGrade(file: string): { readonly grade: Grade; readonly at: number } {
  const parsed = gradeSchema.safeParse(json(file));
  if (parsed.success) return { grade: parsed.data, at: statSync(file).mtimeMs };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new UsageError(
    `“${file}” is no document of a grade: ${place === "" ? "" : `${place}: `}${issue?.message}`,
  );
}

/** True for the folder of a class that `npm run grade -- batch` wrote. */
export function isClassFolder(place: string): boolean {
  return existsSync(path.join(place, "grades")) && existsSync(path.join(place, "marks"));
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`“${file}” ${code === undefined ? "is no JSON" : `cannot be read (${code})`}`);
  }
}
