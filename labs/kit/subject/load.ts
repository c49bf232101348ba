import { resolve } from "node:path";
import type { Driver } from "../program/driver";
import type { ProgramClass } from "../program/protocol";
import { watchBuiltins } from "./builtins";
import { compileFile, type CompiledFile } from "./compile";
import { collectFiles, digestOf, type SourceFile } from "./files";
import { resolveImport } from "./imports";
import { inProcess } from "./in-process";
import { isClass } from "./methods";
import type { Cast, Instances } from "./part";
import { compare, problemLines, type Problem } from "./problem";
import { studentLines } from "./stack";
import { findModuleState } from "./state";
import { SubjectError, type Subject } from "./subject";

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

/**
 * The modules of one evaluation, by path. They are entered before they run, so that cycles end, as in
 * CommonJS.
 */
type Modules = Map<string, object>;

class LoadedSubject implements Subject {
  readonly digest: string;
  readonly #files = new Map<string, CompiledFile>();
  /** For each file, which file each of its imports means. */
  readonly #links = new Map<string, ReadonlyMap<string, string>>();
  readonly #shared: Modules = new Map();
  /** Files that have been evaluated once while the built-in objects were watched. */
  readonly #watched = new Set<string>();

  constructor(
    readonly name: string,
    private readonly root: string,
    private readonly sources: readonly SourceFile[],
  ) {
    this.digest = digestOf(sources);
    for (const source of sources) this.#files.set(source.path, compileFile(root, source));
    const problems = [...this.#files.values()].flatMap((file) => [...file.problems, ...this.#link(file)]);
    if (problems.length > 0) throw new SubjectError("does-not-compile", firstOf(problemLines(problems)));
  }

  programClass(file: string, exportName: string, instance: Instances): ProgramClass {
    const { found, others } = this.#export(file, `class ${exportName}`, exportName, instance);
    if (isClass(found)) return found;
    const why = found === undefined ? others : `${exportName} is not a class`;
    throw new SubjectError("not-gradable", [`${file}: ${why}; write \`export class ${exportName} …\``]);
  }

  exported(file: string, exportName: string): unknown {
    const { found, others } = this.#export(file, exportName, exportName, "fresh");
    if (found !== undefined) return found;
    throw new SubjectError("not-gradable", [`${file}: ${others}; write \`export const ${exportName} = …\``]);
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

  /** What `file` exports by this name, and words for when that is nothing. */
  #export(
    file: string,
    what: string,
    exportName: string,
    instance: Instances,
  ): { readonly found: unknown; readonly others: string } {
    if (!this.#files.has(file)) throw new SubjectError("not-gradable", [this.#noFile(file, what)]);
    const instances: Modules = instance === "fresh" ? new Map<string, object>() : this.#shared;
    let exports: object;
    try {
      exports = this.#module(file, instances);
    } catch (error) {
      instances.clear();
      throw error instanceof SubjectError ? error : this.#failedLoad(file, error);
    }
    const names = Object.keys(exports).filter((name) => name !== exportName);
    return {
      found: (exports as Record<string, unknown>)[exportName],
      others: `there is no export ${exportName}` + (names.length > 0 ? ` (only ${names.join(", ")})` : ""),
    };
  }

  #link(file: CompiledFile): Problem[] {
    const paths = new Set(this.sources.map(({ path }) => path));
    const problems: Problem[] = [];
    const links = new Map<string, string>();
    for (const { specifier, line } of file.imports) {
      const resolution = resolveImport(specifier, file.path, paths);
      if ("path" in resolution) links.set(specifier, resolution.path);
      else problems.push({ path: file.path, line, message: resolution.problem });
    }
    this.#links.set(file.path, links);
    return problems;
  }

  #module(path: string, instances: Modules): object {
    const known = instances.get(path);
    if (known !== undefined) return known;
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`${path} was resolved but is not there`);
    const exports = {};
    instances.set(path, exports);
    const links = this.#links.get(path);
    const require = (specifier: string): object => {
      const target = links?.get(specifier);
      if (target === undefined) throw new Error(`cannot find ${specifier}`);
      return this.#module(target, instances);
    };
    const { body } = file; // called without a `this`
    if (this.#watched.has(path)) body(exports, require);
    else this.#evaluateWatched(path, () => body(exports, require));
    return exports;
  }

  /**
   * Looking at all built-in objects takes longer than a module, so it is done once: the text is the same the
   * next time.
   */
  #evaluateWatched(path: string, evaluate: () => void): void {
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

  #noFile(file: string, what: string): string {
    const near = this.sources.find(({ path }) => path.toLowerCase() === file.toLowerCase());
    const hint = near === undefined ? "" : ` (there is ${near.path}: upper and lower case count)`;
    return `${this.name} has no ${file}${hint}: a program of this lab exports ${what} from it`;
  }

  #failedLoad(file: string, error: unknown): SubjectError {
    const [place = file, ...callers] = this.stackOf(error);
    return new SubjectError("does-not-compile", [
      `${place}: throws while it is loaded: ${describe(error)}`,
      ...callers.map((caller) => `  called from ${caller}`),
    ]);
  }
}

function describe(error: unknown): string {
  try {
    const text =
      error instanceof Error ? `${error.name}: ${error.message}` : `${String(error)} (not an Error)`;
    return text.replace(/\s*\n\s*/g, " ");
  } catch {
    return "something that cannot be shown";
  }
}

/** One slip of the pen can make a hundred errors; the first few tell. */
function firstOf(lines: readonly string[]): string[] {
  const few = 10;
  if (lines.length <= few) return [...lines];
  return [...lines.slice(0, few), `… and ${lines.length - few} more; mend the first, and look again`];
}
