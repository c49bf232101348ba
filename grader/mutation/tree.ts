import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SourceFile } from "../../labs/kit/subject/files";
import { JudgeError } from "../../labs/runner/pool";
import { apply, type Mutant } from "../mutants";

/** The reference with the edits of a mutant: a submission like any other. */
export type Tree = readonly SourceFile[];

/**
 * The reference as each mutant has it.
 *
 * @throws {@link JudgeError} that names every mutant under which the reference has moved
 */
export function mutate(mutants: readonly Mutant[], reference: Tree): Map<Mutant, Tree> {
  const trees = new Map<Mutant, Tree>();
  const stale: string[] = [];
  for (const mutant of mutants) {
    try {
      trees.set(mutant, edited(mutant, reference));
    } catch (error) {
      stale.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (stale.length > 0) throw new JudgeError(stale.join("\n"));
  return trees;
}

function edited(mutant: Mutant, reference: Tree): Tree {
  if (!reference.some((file) => file.path === mutant.file)) {
    throw new Error(`mutant ${mutant.name} edits ${mutant.file}, which the reference does not have`);
  }
  return reference.map((file) =>
    file.path === mutant.file ? { ...file, text: apply(mutant, file.text) } : file,
  );
}

/** Folders for trees, all in one that is removed in the end. */
export class Trees {
  private readonly folder = mkdtempSync(path.join(tmpdir(), `mutants-${process.pid}-`));

  /** Writes the files of a tree into a new folder of that name. */
  write(name: string, tree: Tree): string {
    const folder = path.join(this.folder, name);
    for (const { path: inside, text } of tree) {
      const file = path.join(folder, inside);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
