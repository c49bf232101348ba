import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SourceFile } from "../../labs/kit/subject/files";
import { JudgeError } from "../../labs/runner/pool";
import { apply, type Mutant, type Patch, type PatchKind } from "../mutants";

/** The reference with some edits: a submission like any other. */
export type Tree = readonly SourceFile[];

/**
 * The reference as each mutant has it.
 *
 * @throws {@link JudgeError} that names every mutant under which the reference has moved
 */
export function mutate(mutants: readonly Mutant[], reference: Tree): Map<Mutant, Tree> {
  return treesOf(mutants, (mutant) => patched(reference, mutant, "mutant"));
}

/**
 * The tree of each of these.
 *
 * @param make - makes one; may throw
 * @throws {@link JudgeError} with the messages of all that cannot be made
 */
export function treesOf<T>(all: readonly T[], make: (each: T) => Tree): Map<T, Tree> {
  const trees = new Map<T, Tree>();
  const stale: string[] = [];
  for (const each of all) {
    try {
      trees.set(each, make(each));
    } catch (error) {
      stale.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (stale.length > 0) throw new JudgeError(stale.join("\n"));
  return trees;
}

/**
 * The reference with one file changed.
 *
 * @throws Error, naming the patch, if the reference has moved under it
 */
export function patched(reference: Tree, patch: Patch, kind: PatchKind): Tree {
  if (!reference.some((file) => file.path === patch.file)) {
    throw new Error(`${kind} ${patch.name} edits ${patch.file}, which the reference does not have`);
  }
  return reference.map((file) =>
    file.path === patch.file ? { ...file, text: apply(patch, file.text, kind) } : file,
  );
}

/** Writes the files of a tree into a folder, which is made if need be. */
export function writeTree(folder: string, tree: Tree): void {
  for (const { path: inside, text } of tree) {
    const file = path.join(folder, inside);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Folders for trees, all in one that is removed in the end. */
export class Trees {
  private readonly folder: string;

  /** @param kind - for the folder's name: `mutants` */
  constructor(kind: string) {
    this.folder = mkdtempSync(path.join(tmpdir(), `${kind}-${process.pid}-`));
  }

  /** Writes the files of a tree into a new folder of that name. */
  write(name: string, tree: Tree): string {
    const folder = path.join(this.folder, name);
    writeTree(folder, tree);
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
