import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";
import { type Grade, gradeSchema } from "../schema/grade";
import { type Marks, marksSchema } from "./marks";

/**
 * Hears of all submissions of a class: their facts, and the marks that they had so far. One is read at a time.
 *
 * @param out - the folder of the class
 * @param hear - `name` is that of the submission, made safe for a file
 * @throws UsageError if it is none, or a document in it cannot be read
 */
export function readSubmissions(out: string, hear: (grade: Grade, marks: Marks, name: string) => void): void {
  for (const name of documentsIn(out, "grades")) {
    const grade = readDocument(path.join(out, "grades", name), gradeSchema);
    hear(grade, readDocument(path.join(out, "marks", name), marksSchema), name.replace(/\.json$/, ""));
  }
}

/** The marks that students of a class have, by the safe names of their files. */
export function readStandings(out: string): Map<string, Marks> {
  const names = documentsIn(out, "standing");
  return new Map(
    names.map((name) => [
      name.replace(/\.json$/, ""),
      readDocument(path.join(out, "standing", name), marksSchema),
    ]),
  );
}

/** @throws UsageError if `out` is no folder of a class */
export function refuseNoClass(out: string): void {
  for (const folder of ["grades", "marks", "standing"]) folderIn(out, folder);
}

function documentsIn(out: string, folder: string): string[] {
  return readdirSync(folderIn(out, folder))
    .filter((name) => name.endsWith(".json"))
    .sort();
}

function folderIn(out: string, folder: string): string {
  const whole = path.join(out, folder);
  if (!existsSync(whole)) {
    throw new UsageError(
      `“${out}” is no folder of a class: it has no ${folder}/; \`npm run grade -- batch\` makes one`,
    );
  }
  return whole;
}

function readDocument<T>(file: string, schema: z.ZodType<T>): T {
  const { success, data, error } = schema.safeParse(parse(file));
  if (success) return data;
  const [issue] = error.issues;
  const where = issue === undefined ? "" : `: ${issue.path.join(".") || "the document"}: ${issue.message}`;
  throw new UsageError(
    `${file} is not what \`npm run grade -- batch\` of this version writes${where}; run it again`,
  );
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // is refused like any other value that is no document
  }
}
