import { readFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { collectFiles } from "../../labs/kit/subject/files";
import { JudgeError } from "../../labs/runner/pool";
import { apply } from "../mutants";
import type { Tree } from "../mutation/tree";
import type { Cut, Layer } from "./layer";
import { REPLICATION } from "./layers/2-replication";
import { PERSISTENCE } from "./layers/3-persistence";
import { SNAPSHOTS } from "./layers/4-snapshots";
import { READS } from "./layers/5-reads";
import { textsOf, withoutMembers } from "./members";

/** The last lab's work is taken out first. */
const LAYERS: readonly Layer[] = [READS, SNAPSHOTS, PERSISTENCE, REPLICATION];

/** The labs whose part somebody may need: the next one goes on in the same class. */
export const PARTS: readonly number[] = [1, 2, 3, 4];

/** A part of the reference. */
export interface Part {
  readonly lab: number;
  /** What a student gets. */
  readonly tree: Tree;
  /** What was taken out of each file, and files that were left out, by their names: it may stand nowhere in the part. */
  readonly removed: ReadonlyMap<string, string>;
}

/**
 * The reference's Raft, up to and including a lab and with nothing of a later one: where the skeleton has a hole, the part has it, too. The
 * challenge of Lab 1 is left out as well; no lab rests on it.
 *
 * @param root - the folder of the course
 * @throws UsageError for a lab after which no other goes on in the same program; JudgeError if the reference has moved under a layer
 */
export function partFor(root: string, lab: number): Part {
  if (!PARTS.includes(lab)) {
    throw new UsageError(
      `--lab ${lab}: there are parts of Labs ${PARTS.join(", ")}; nobody needs another one, for no lab builds on it`,
    );
  }
  try {
    const reference = collectFiles(path.join(root, "solutions")).filter((file) =>
      file.path.startsWith("raft/"),
    );
    const later = LAYERS.filter((layer) => layer.lab > lab);
    const start: Part = { lab, tree: reference, removed: new Map() };
    return later.reduce((part, layer) => without(part, layer, root), start);
  } catch (error) {
    throw new JudgeError(error instanceof Error ? error.message : String(error));
  }
}

function without(part: Part, { lab, files, cuts }: Layer, root: string): Part {
  const removed = new Map(part.removed);
  for (const { path: file, text } of part.tree) if (files.includes(file)) removed.set(file, text);
  const tree = part.tree
    .filter((file) => !files.includes(file.path))
    .map((file) => {
      const own = cuts.filter((cut) => cut.file === file.path);
      const text = own.reduce((left, cut) => {
        const skeleton = skeletonOf(root, cut);
        const gone = [...textsOf(left, cut.from, cut.members), ...cut.edits.map(({ find }) => find)];
        removed.set(file.path, [removed.get(file.path) ?? "", ...gone].join("\n"));
        const members = withoutMembers(left, cut.from, cut.members, skeleton, lab);
        return apply({ name: `without Lab ${lab}`, file: cut.file, edits: cut.edits }, members, "part");
      }, file.text);
      return { ...file, text };
    });
  return { ...part, tree, removed };
}

function skeletonOf(root: string, { file }: Cut): string | undefined {
  try {
    return readFileSync(path.join(root, "skeleton", file), "utf8");
  } catch {
    return undefined; // the reference's own file
  }
}
