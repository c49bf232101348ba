import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { show } from "../submissions/intake";
import { isArchive } from "../submissions/read";
import type { Listed } from "./list";

/** One thing that was handed in. */
export interface Entry {
  /** Its own name in the class: no other entry has it. */
  readonly name: string;
  /** Who handed it in. */
  readonly student: string;
  /** A folder, an archive or a bare repository. */
  readonly path: string;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
}

/** What a folder of submissions holds. */
export interface Discovery {
  /** Sorted by name. */
  readonly entries: readonly Entry[];
  /** What is no submission, and why; a line each. */
  readonly ignored: readonly string[];
}

/**
 * The submissions in a folder: each of its entries is one, and its name without the ending of an archive is the student's. A list says
 * otherwise: then exactly what is listed is a submission, any number of them a student.
 *
 * @throws UsageError if there is no such folder, nothing in it is a submission, or something that is listed is missing
 */
export function discover(folder: string, list?: readonly Listed[]): Discovery {
  const names = namesIn(folder);
  const found = list === undefined ? fromFolder(folder, names) : fromList(folder, names, list);
  if (found.entries.length > 0) return found;
  throw new UsageError(
    `“${folder}” holds no submission; name the folder that has one folder, .zip, .tar.gz or bare git repository a student`,
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new UsageError(`there is no folder “${folder}”; name the one with the submissions`);
    if (code === "ENOTDIR")
      throw new UsageError(`“${folder}” is a file; name the folder with the submissions`);
    throw new UsageError(`“${folder}” cannot be read (${code})`);
  }
}

function fromFolder(folder: string, names: readonly string[]): Discovery {
  const ignored: string[] = [];
  const found: { base: string; modified: Date }[] = [];
  for (const base of names) {
    const { isIgnored, modified } = look(folder, base);
    if (isIgnored !== undefined) ignored.push(`${show(base)}: ${isIgnored}`);
    else found.push({ base, modified });
  }
  const short = shortNames(found.map(({ base }) => base));
  const entries = found.map(({ base, modified }, i) => ({
    name: short[i] ?? base,
    student: withoutEnding(base),
    path: path.join(folder, base),
    submittedAt: modified.toISOString(),
  }));
  return { entries: sorted(entries), ignored };
}

function fromList(folder: string, names: readonly string[], list: readonly Listed[]): Discovery {
  const tops = new Set(list.map((each) => each.path.split("/")[0]));
  const entries = list.map(({ student, path: below, submittedAt }) => {
    const place = path.join(folder, below);
    const stat = lstatSync(place, { throwIfNoEntry: false });
    if (stat === undefined) {
      throw new UsageError(
        `the list names ${show(below)}, which is not in “${folder}”; correct one of the two`,
      );
    }
    if (stat.isSymbolicLink()) {
      throw new UsageError(`the list names ${show(below)}, which is a link; name the submission itself`);
    }
    return { name: below, student, path: place, submittedAt: submittedAt ?? stat.mtime.toISOString() };
  });
  const short = shortNames(list.map((each) => each.path));
  return {
    entries: sorted(entries.map((entry, i) => ({ ...entry, name: short[i] ?? entry.name }))),
    ignored: names.filter((name) => !tops.has(name)).map((name) => `${show(name)}: it is not on the list`),
  };
}

/** An entry of the folder: why it is no submission, or when it was last modified. Links are not followed. */
function look(folder: string, base: string): { isIgnored?: string; modified: Date } {
  const stat = lstatSync(path.join(folder, base));
  const modified = stat.mtime;
  if (base.startsWith(".")) return { isIgnored: "it is hidden", modified };
  if (stat.isSymbolicLink()) return { isIgnored: "it is a link; put the submission itself here", modified };
  if (stat.isDirectory() || (stat.isFile() && isArchive(base))) return { modified };
  return { isIgnored: "it is no folder, .zip, .tar.gz or bare git repository", modified };
}

function withoutEnding(name: string): string {
  return name.replace(/(?<=[^/])\.(zip|tar\.gz|tgz|git)$/i, "");
}

/** Names without the endings of archives, where two would not come to be one: alice/ beside alice.zip are two attempts. */
function shortNames(names: readonly string[]): string[] {
  const wanted = names.flatMap((name) => [
    ...new Set([name.toLowerCase(), withoutEnding(name).toLowerCase()]),
  ]);
  const times = new Map<string, number>();
  for (const name of wanted) times.set(name, (times.get(name) ?? 0) + 1);
  return names.map((name) => {
    const short = withoutEnding(name);
    return times.get(short.toLowerCase()) === 1 ? short : name;
  });
}

function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}
