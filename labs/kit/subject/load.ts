import { resolve } from "node:path";
import type { Driver } from "../program/driver";
import type { ProgramClass } from "../program/protocol";
import { watchBuiltins } from "./builtins";
import { compileFile, type CompiledFile } from "./compile";
import { collectFiles, digestOf, type SourceFile } from "./files";
import { resolveImport } from "./imports";
import { inProcess } from "./in-process";
import type { Cast, Instances } from "./part";
import { compare, problemLines, type Problem } from "./problem";
import { studentLines } from "./stack";
import { findModuleState } from "./state";
import { SubjectError, type Subject } from "./subject";
import { ModuleTree } from "./tree";

/**
 * The submission in folder `dir`: its `.ts` files compiled, and checked for what a simulated world cannot
 * run. Nothing is evaluated yet, and types are not checked.
 *
 * @throws {@link SubjectError} (`does-not-compile`) with a line for each thing that is wrong
 * @throws UsageError if there is no such folder, it cannot be read, or it holds no `.ts` file
 */
export function loadSubject(dir: string): Subject {
  return subjectOf(dir, dir, collectFiles(dir));
}

/**
 * Like {@link loadSubject}, for files that are already in memory: an edited copy of a program, say.
 *
 * @param name - how messages call it
 * @param dir - the folder where the files are, or would be: debuggers look for them there
 */
export function subjectOf(name: string, dir: string, files: readonly SourceFile[]): Subject {
  return new LoadedSubject(
    name,
    resolve(dir),
    [...files].sort((a, b) => compare(a.path, b.path)),
  );
}

/** A file that compiles, and which file each of its imports means. */
export interface CheckedFile {
  readonly file: CompiledFile;
  readonly links: ReadonlyMap<string, string>;
}

/**
 * Compiles the files of a program and follows their imports.
 *
 * @param root - the absolute folder where the files are, or would be
 * @throws {@link SubjectError} (`does-not-compile`) with a line for each thing that is wrong
 */
export function compileProgram(root: string, sources: readonly SourceFile[]): CheckedFile[] {
  const paths = new Set(sources.map(({ path }) => path));
  const problems: Problem[] = [];
  const files = sources.map((source) => {
    const file = compileFile(root, source);
    const links = new Map<string, string>();
    problems.push(...file.problems);
    for (const { specifier, line } of file.imports) {
      const resolution = resolveImport(specifier, file.path, paths);
      if ("path" in resolution) links.set(specifier, resolution.path);
      else problems.push({ path: file.path, line, message: resolution.problem });
    }
    return { file, links };
  });
  if (problems.length > 0) throw new SubjectError("does-not-compile", firstOf(problemLines(problems)));
  return files;
}

class LoadedSubject implements Subject {
  readonly digest: string;
  readonly #files: ReadonlyMap<string, CompiledFile>;
  readonly #tree: ModuleTree;
  /** Files that have been evaluated once while the built-in objects were watched. */
  readonly #watched = new Set<string>();

  constructor(
    readonly name: string,
    private readonly root: string,
    private readonly sources: readonly SourceFile[],
  ) {
    this.digest = digestOf(sources);
    const checked = compileProgram(root, sources);
    this.#files = new Map(checked.map(({ file }) => [file.path, file]));
    const linked = checked.map(({ file: { path, body }, links }) => [path, { path, body, links }] as const);
    this.#tree = new ModuleTree(new Map(linked), {
      name,
      stackOf: (error) => this.stackOf(error),
      watch: (path, evaluate) => this.#watch(path, evaluate),
    });
  }

  programClass(file: string, exportName: string, instance: Instances): ProgramClass {
    return this.#tree.programClass(file, exportName, instance);
  }

  exported(file: string, exportName: string): unknown {
    return this.#tree.exported(file, exportName);
  }

  driver(cast: Cast, instances: Instances): Driver {
    return inProcess(this, cast, instances);
  }

  stackOf(error: unknown): string[] {
    return studentLines(error, this.root, this.#files);
  }

  moduleState(): string[] {
    return findModuleState(this.sources);
  }

  /**
   * Looking at all built-in objects takes longer than a module, so it is done once: the text is the same the
   * next time.
   */
  #watch(path: string, evaluate: () => void): void {
    if (this.#watched.has(path)) return evaluate();
    const changes = watchBuiltins();
    let changed: string[];
    try {
      evaluate();
    } finally {
      changed = changes();
    }
    if (changed.length > 0) {
      throw new SubjectError("does-not-compile", [
        `${path}: changes ${changed.join(", ")}; ` +
          "built-in objects belong to all, write a function of your own",
      ]);
    }
    this.#watched.add(path);
  }
}

/** One slip of the pen can make a hundred errors; the first few tell. */
function firstOf(lines: readonly string[]): string[] {
  const few = 10;
  if (lines.length <= few) return [...lines];
  return [...lines.slice(0, few), `… and ${lines.length - few} more; mend the first, and look again`];
}
