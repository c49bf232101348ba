import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../program/errors";
import { compare } from "./problem";
import { SubjectError } from "./subject";

/** One file of a submission that counts. */
export interface SourceFile {
  /** Relative to the folder, with `/` on every system: `raft/raft.ts`. */
  readonly path: string;
  readonly text: string;
}

/** A program of this course is a handful of files; what goes far beyond that is a mistake or an attack. */
export const LIMITS = {
  files: 200,
  /** Folders and files that are looked at, whether they count or not. */
  entries: 20_000,
  bytesPerFile: 512 * 1024,
  bytes: 2 * 1024 * 1024,
  depth: 8,
} as const;

/**
 * The `.ts` files of a submission, sorted by path. `.d.ts` files, `node_modules`, names with a leading dot
 * and links (of files and of folders) do not count.
 *
 * @throws `UsageError` if there is no such folder, it cannot be read, or it holds no `.ts` file
 * @throws {@link SubjectError} if it goes beyond the limits above
 */
export function collectFiles(dir: string): SourceFile[] {
  const paths: string[] = [];
  const budget = { entries: 0 };
  try {
    if (!statSync(dir).isDirectory())
      throw new UsageError(`“${dir}” is a file; name the folder that holds it`);
    walk(dir, "", 1, paths, budget);
    if (paths.length === 0) {
      throw new UsageError(`“${dir}” holds no .ts file; name a folder with a program, such as skeleton`);
    }
    paths.sort(compare);
    return readAll(dir, paths);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    if (code === "ENOENT") throw new UsageError(`there is no folder “${dir}”`);
    throw new UsageError(`“${dir}” cannot be read (${code})`);
  }
}

/** SHA-256 over names, lengths and contents of the files, which are sorted by path; 64 hex digits. */
export function digestOf(files: readonly SourceFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of files) {
    const content = Buffer.from(text, "utf8");
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function walk(dir: string, below: string, depth: number, found: string[], budget: { entries: number }): void {
  if (depth > LIMITS.depth)
    refuse(`${below} lies deeper than ${LIMITS.depth} folders; a program needs far fewer`);
  for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
    if (++budget.entries > LIMITS.entries) {
      refuse(`${dir} holds more than ${LIMITS.entries} files and folders; name the program's own folder`);
    }
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    // A link is neither a file nor a folder here, so it is never followed.
    if (entry.isDirectory()) {
      walk(dir, path, depth + 1, found, budget);
    } else if (entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts")) {
      if (found.push(path) > LIMITS.files) refuse(`${dir} holds more than ${LIMITS.files} .ts files`);
    }
  }
}

function readAll(dir: string, paths: readonly string[]): SourceFile[] {
  let total = 0;
  return paths.map((path) => {
    const { size } = statSync(join(dir, path));
    if (size > LIMITS.bytesPerFile) refuse(`${path} has more than ${LIMITS.bytesPerFile / 1024} KiB`);
    total += size;
    if (total > LIMITS.bytes) refuse(`the .ts files have more than ${LIMITS.bytes / 1024} KiB together`);
    return { path, text: readFileSync(join(dir, path), "utf8") };
  });
}

function refuse(line: string): never {
  throw new SubjectError("not-gradable", [line]);
}
