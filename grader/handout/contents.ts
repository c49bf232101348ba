import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The files of a handout, by path with `/`. */
export type Contents = ReadonlyMap<string, Buffer>;

/** The parts of a program, and the labs that are about them. */
const PARTS: Readonly<Record<string, readonly number[]>> = {
  warmup: [0],
  raft: [1, 2, 3, 4, 5],
  kv: [5],
  quorum: [6],
};

/** Pages for students; the other guides show runs of the reference. */
const PAGES = ["contract", "glossary", "reading-a-failure", "simulated-world"];

const ROOT_FILES = [
  ".editorconfig",
  ".gitattributes",
  ".mocharc.json",
  ".npmrc",
  "LICENSE",
  "package-lock.json",
  "tsconfig.json",
];

/** Folders that may hold something for students; nothing else is even looked at. */
const FOLDERS = ["labs", "docs", "skeleton", ".vscode"];

/**
 * What a student gets, by allow-list: handouts and public scenes of these labs, the kit and its commands, the skeleton, and
 * the pages that explain them. No solution, no grader, no history.
 *
 * @param root - the folder of the course
 * @param labs - the numbers of the labs, 0 among them or not
 */
export function contentsOf(root: string, labs: readonly number[]): Contents {
  const below = FOLDERS.flatMap((folder) => filesBelow(root, folder));
  const all = [...ROOT_FILES, ...below].filter((file) => isFor(file, labs)).sort();
  return new Map(all.map((file) => [file, readFileSync(path.join(root, file))]));
}

function isFor(file: string, labs: readonly number[]): boolean {
  if (ROOT_FILES.includes(file)) return true;
  if (/^\.vscode\/[\w-]+\.json$/.test(file)) return true;
  const [, page] = /^docs\/([\w-]+)\.md$/.exec(file) ?? [];
  if (page !== undefined) return PAGES.includes(page);
  const [, part = ""] = /^skeleton\/(\w+)\/[\w/-]+\.ts$/.exec(file) ?? [];
  if (part in PARTS) return PARTS[part]?.some((lab) => labs.includes(lab)) === true;
  const [, lab] = /^labs\/(\d+)-[^/]+\/[^/]+\.(?:md|ts)$/.exec(file) ?? [];
  if (lab !== undefined) return labs.includes(Number(lab)) && !file.endsWith(".test.ts");
  if (/^labs\/mocha\/(reporter|scenes\.test)\.ts$/.test(file)) return true;
  if (/[.]test[.]ts$|\/fixtures\//.test(file)) return false;
  if (/^labs\/desk\/(compare|conjecture)/.test(file)) return labs.includes(6);
  const [, room = ""] = /^labs\/(\w+)\/.+\.ts$/.exec(file) ?? [];
  if (["compare", "conjecture"].includes(room)) return labs.includes(6);
  return ["kit", "runner", "desk"].includes(room);
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(root, name);
    return entry.isFile() ? [name] : [];
  });
}

/** What is not for students: solutions, hidden scenes, mutants and variants. */
export function secretsOf(root: string): Contents {
  const folders = ["solutions", "grader/suites", "grader/mutants", "grader/variants"];
  const files = folders.flatMap((folder) => filesBelow(root, folder)).filter((file) => file.endsWith(".ts"));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file))]));
}
