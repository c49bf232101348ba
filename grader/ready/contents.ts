import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** One file of an archive. */
export interface Packed {
  /** Its name in the archive, with `/`. */
  readonly name: string;
  readonly content: Buffer;
  readonly executable?: boolean;
}

/** By allow-list: no right program, no mutant and no variant, no history, no secret, no test. */
const FILES = [
  ".npmrc",
  "LICENSE",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "grader/course.json",
];

const FOLDERS = [
  "labs",
  ...[
    "batch",
    "cli",
    "grading",
    "outputs",
    "policy",
    "ready",
    "sandbox",
    "schema",
    "submissions",
    "suites",
  ].map((name) => `grader/${name}`),
];

/**
 * What a machine needs of the course in `root` to grade with it, below `folder`.
 *
 * @throws Error if one of the files of the course is not there
 */
export function graderFiles(root: string, folder: string): Packed[] {
  const names = [...FILES, ...FOLDERS.flatMap((name) => filesBelow(root, name))];
  return names.map((name) => ({ name: `${folder}/${name}`, content: readFileSync(path.join(root, name)) }));
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      if (entry.isDirectory()) return filesBelow(root, name);
      return entry.isFile() && !/\.(test\.ts|secret)$/.test(entry.name) ? [name] : [];
    });
}
