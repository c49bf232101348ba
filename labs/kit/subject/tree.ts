import type { ProgramClass } from "../program/protocol";
import type { ModuleBody } from "./compile";
import { isClass } from "./methods";
import type { Instances } from "./part";
import { SubjectError } from "./subject";

/** A compiled file, and which file each of its imports means. */
export interface LinkedFile {
  readonly path: string;
  readonly body: ModuleBody;
  readonly links: ReadonlyMap<string, string>;
}

/** What evaluating modules needs of whoever has compiled them. */
export interface Workshop {
  /** How messages call the program. */
  readonly name: string;
  /** The lines of an error's stack that lie in the program, innermost first. */
  stackOf(error: unknown): readonly string[];
  /** Runs `evaluate`, which evaluates a module, and looks after it; absent: just runs it. */
  watch?(path: string, evaluate: () => void): void;
}

/**
 * The modules of one evaluation, by path. They are entered before they run, so that cycles end, as in
 * CommonJS.
 */
type Modules = Map<string, object>;

/** The modules of a program: evaluates them, anew or once, and finds what they export. */
export class ModuleTree {
  readonly #shared: Modules = new Map();

  /** @param files - by path */
  constructor(
    private readonly files: ReadonlyMap<string, LinkedFile>,
    private readonly workshop: Workshop,
  ) {}

  /** See `Subject.programClass`. */
  programClass(file: string, exportName: string, instance: Instances): ProgramClass {
    const { found, others } = this.#export(file, `class ${exportName}`, exportName, instance);
    if (isClass(found)) return found;
    const why = found === undefined ? others : `${exportName} is not a class`;
    throw new SubjectError("not-gradable", [`${file}: ${why}; write \`export class ${exportName} …\``]);
  }

  /** See `Subject.exported`. */
  exported(file: string, exportName: string): unknown {
    const { found, others } = this.#export(file, exportName, exportName, "fresh");
    if (found !== undefined) return found;
    throw new SubjectError("not-gradable", [`${file}: ${others}; write \`export const ${exportName} = …\``]);
  }

  /** What `file` exports by this name, and words for when that is nothing. */
  #export(
    file: string,
    what: string,
    exportName: string,
    instance: Instances,
  ): { readonly found: unknown; readonly others: string } {
    if (!this.files.has(file)) throw new SubjectError("not-gradable", [this.#noFile(file, what)]);
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

  #module(path: string, instances: Modules): object {
    const known = instances.get(path);
    if (known !== undefined) return known;
    const file = this.files.get(path);
    if (file === undefined) throw new Error(`${path} was resolved but is not there`);
    const exports = {};
    instances.set(path, exports);
    const require = (specifier: string): object => {
      const target = file.links.get(specifier);
      if (target === undefined) throw new Error(`cannot find ${specifier}`);
      return this.#module(target, instances);
    };
    const { body } = file; // called without a `this`
    const evaluate = (): void => body(exports, require);
    if (this.workshop.watch === undefined) evaluate();
    else this.workshop.watch(path, evaluate);
    return exports;
  }

  #noFile(file: string, what: string): string {
    const near = [...this.files.keys()].find((path) => path.toLowerCase() === file.toLowerCase());
    const hint = near === undefined ? "" : ` (there is ${near}: upper and lower case count)`;
    return `${this.workshop.name} has no ${file}${hint}: a program of this lab exports ${what} from it`;
  }

  #failedLoad(file: string, error: unknown): SubjectError {
    const [place = file, ...callers] = this.workshop.stackOf(error);
    return new SubjectError("does-not-compile", [
      `${place}: throws while it is loaded: ${describe(error)}`,
      ...callers.map((caller) => `  called from ${caller}`),
    ]);
  }
}

/** A program may throw a book. */
const MOST_CHARACTERS = 2000;

function describe(error: unknown): string {
  try {
    const text =
      error instanceof Error ? `${error.name}: ${error.message}` : `${String(error)} (not an Error)`;
    return text.slice(0, MOST_CHARACTERS).replace(/\s*\n\s*/g, " ");
  } catch {
    return "something that cannot be shown";
  }
}
