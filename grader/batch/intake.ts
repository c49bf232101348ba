import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { collectFiles, digestOf, type SourceFile } from "../../labs/kit/subject/files";
import { SubjectError } from "../../labs/kit/subject/subject";
import { RefusedError } from "../submissions/intake";
import { readSubmission } from "../submissions/read";
import type { Entry } from "./discover";
import { safeName } from "./names";

/** A submission after it was read: what a summary of the class says of it. */
export interface Known {
  readonly entry: Pick<Entry, "name" | "student" | "submittedAt">;
  /** The name made safe. */
  readonly file: string;
  /** Over the files that count; null if it is refused. */
  readonly digest: string | null;
  /** Why it is refused. */
  readonly refusal?: string;
  /** It is nothing but the skeleton, or a part of it. */
  readonly isEmpty: boolean;
}

/** What is to be judged of a submission. */
export interface Taken extends Known {
  readonly entry: Entry;
  /** What is judged: a copy of the files that count, which nobody changes any more. */
  readonly subject: string;
  /** What of it does not count, and why. */
  readonly remarks: readonly string[];
}

/**
 * Reads a submission and keeps a copy of what counts below `out`. What is not taken gets a reason, never an error: one student's bomb must not
 * stop a class.
 *
 * @param skeleton - the texts of the skeleton, by path
 */
export async function takeIn(
  entry: Entry,
  out: string,
  skeleton: ReadonlyMap<string, string>,
): Promise<Taken> {
  const file = safeName(entry.name);
  const common = { entry, file };
  try {
    const { files, remarks } = await readSubmission(entry.path);
    const subject = path.join(out, "submissions", file);
    const digest = keepCopy(subject, files);
    const isEmpty = files.every((each) => skeleton.get(each.path) === each.text);
    return { ...common, subject, digest, remarks, isEmpty };
  } catch (error) {
    const refusal = reasonOf(error);
    return { ...common, subject: entry.path, digest: null, remarks: [], refusal, isEmpty: false };
  }
}

/** The texts of the course's skeleton, by path; none where there is no skeleton. */
export function skeletonOf(root: string): Map<string, string> {
  const folder = path.join(root, "skeleton");
  if (!existsSync(folder) || readdirSync(folder).length === 0) return new Map();
  return new Map(collectFiles(folder).map(({ path: name, text }) => [name, text]));
}

/** An earlier copy of the same files stays as it is. */
function keepCopy(folder: string, files: readonly SourceFile[]): string {
  const digest = digestOf(files);
  if (digestOfCopy(folder) === digest) return digest;
  rmSync(folder, { recursive: true, force: true });
  for (const { path: name, text } of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return digest;
}

function digestOfCopy(folder: string): string | undefined {
  try {
    return digestOf(collectFiles(folder));
  } catch {
    return undefined; // there is none, or a kill left half of one
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedError || error instanceof UsageError || error instanceof SubjectError)
    return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `it cannot be read (${code})`;
}
