import path from "node:path";
import { collectFiles } from "../../labs/kit/subject/files";
import { subjectOf } from "../../labs/kit/subject/load";
import type { Subject } from "../../labs/kit/subject/subject";
import { typeErrorsOf } from "../../labs/kit/subject/typecheck";
import { listSuites, loadScenes } from "../../labs/runner/suite";
import type { Contents } from "../handout/contents";
import { matches } from "../handout/fingerprints";
import type { Tree } from "../mutation/tree";
import type { Part } from "./part";

/** What must hold of a part before it is given out. */
interface Gate {
  /** Completes “a part …”. */
  readonly what: string;
  /** What is wrong, a line each. */
  readonly check: (part: Part, root: string) => readonly string[];
}

/** What the holes of the skeleton say. */
const HOLE = /^not implemented yet: /;

const GATES: readonly Gate[] = [
  { what: "has nothing of a later lab", check: laterWork },
  { what: "type-checks", check: (part, root) => typeErrorsOf(path.join(root, "skeleton"), laid(part, root)) },
  { what: "passes the public scenes of its labs", check: failures },
  { what: "leaves the next lab to be done", check: nextLab },
];

/**
 * Tries all gates on a part, as it lies over the skeleton.
 *
 * @returns what is wrong, with the gate that says so
 */
export function tryGates(root: string, part: Part): { gate: string; lines: readonly string[] }[] {
  return GATES.map(({ what, check }) => ({ gate: what, lines: check(part, root) })).filter(
    ({ lines }) => lines.length > 0,
  );
}

function laterWork({ tree, removed }: Part): string[] {
  const contents = (files: Iterable<readonly [string, string]>): Contents =>
    new Map([...files].map(([file, text]) => [file, Buffer.from(text)]));
  const part = contents(tree.map(({ path: file, text }) => [file, text]));
  return matches(part, contents(removed)).map(
    ({ file, line }) => `${file} says what a later lab adds, from “${line}” on`,
  );
}

/** What a student has who lays the part over the skeleton. */
function laid({ tree }: Part, root: string): Tree {
  const rest = collectFiles(path.join(root, "skeleton")).filter((file) => !file.path.startsWith("raft/"));
  return [...tree, ...rest];
}

function failures(part: Part, root: string): string[] {
  return played(part, root, (lab) => lab > 0 && lab <= part.lab)
    .filter(({ message }) => message !== undefined)
    .map(({ lab, name, message }) => `Lab ${lab}, “${name}”: ${message ?? ""}`);
}

function nextLab(part: Part, root: string): string[] {
  const next = played(part, root, (lab) => lab === part.lab + 1);
  if (next.some(({ message }) => message !== undefined && HOLE.test(message))) return [];
  return [`no scene of Lab ${part.lab + 1} says what is not implemented yet`];
}

/** What the public scenes of some labs say under seed 1, but for the challenges: these are not in a part. */
function played(
  part: Part,
  root: string,
  isAsked: (lab: number) => boolean,
): { lab: number; name: string; message: string | undefined }[] {
  const subject: Subject = subjectOf(
    `the part of Lab ${part.lab}`,
    path.join(root, "skeleton"),
    laid(part, root),
  );
  return listSuites(path.join(root, "labs"))
    .filter(({ lab }) => isAsked(lab))
    .flatMap(({ folder }) => loadScenes(folder))
    .filter(({ challenge }) => !challenge)
    .map((scene) => ({ lab: scene.lab, name: scene.name, message: scene.play(subject, 1).failure?.message }));
}
