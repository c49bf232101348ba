import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type ts from "typescript";
import type { SourceFile } from "./files";
import { globalScope, withGlobals } from "./globals";
import { collectImports, type ValueImport } from "./imports";
import { renamePrivates } from "./privates";
import type { Problem } from "./problem";
import { refusals } from "./refuse";
import { typescript } from "./typescript";

/** Evaluates one module anew: fills `exports`, asking `require` for the modules it imports. */
export type ModuleBody = (exports: object, require: (specifier: string) => object) => void;

/** A file of a submission, ready to be evaluated as often as one likes. */
export interface CompiledFile {
  readonly path: string;
  /**
   * How stacks and debuggers call the compiled code. Not the name of the `.ts` file, so that the two cannot
   * be confused.
   */
  readonly scriptName: string;
  readonly imports: readonly ValueImport[];
  /** If there is any, `body` throws. */
  readonly problems: readonly Problem[];
  readonly body: ModuleBody;
  /** What `body` was made of: the module's code, for a realm of another kind. */
  readonly code: string;
  /** The {@link CompiledFile.map} as JSON. */
  readonly mapText: string;
  /** From the compiled code to the `.ts` file; lines from 1, columns from 0. */
  readonly map: TraceMap;
}

/** Compiled files of earlier calls: a watcher loads the same text again and again. */
const known = new Map<string, CompiledFile>();
/** And what the compiler made of each text, whatever the folder: the mutants are trees that differ in one file. */
const transpiled = new Map<string, Transpiled>();
const MAX_KNOWN = 1000;

/**
 * Compiles a file of the submission in folder `root`, without looking at types. The same text is compiled
 * once.
 */
export function compileFile(root: string, file: SourceFile): CompiledFile {
  const scriptName = join(root, `${file.path}.js`);
  const key = `${scriptName}\0${file.text}`;
  return remembered(known, key, () => compile(root, file, scriptName));
}

function remembered<T>(earlier: Map<string, T>, key: string, make: () => T): T {
  const found = earlier.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (earlier.size >= MAX_KNOWN) earlier.clear();
  earlier.set(key, made);
  return made;
}

function compile(root: string, file: SourceFile, scriptName: string): CompiledFile {
  const { path } = file;
  const { code, mapText, imports, problems } = remembered(transpiled, `${path}\0${file.text}`, () =>
    transpileAnything(file),
  );
  const sourceMap = {
    ...(JSON.parse(mapText) as object),
    file: pathToFileURL(scriptName).href,
    sourceRoot: "",
    sources: [pathToFileURL(join(root, path)).href],
    sourcesContent: [file.text],
  };
  const wholeMap = JSON.stringify(sourceMap);
  const map = new TraceMap(wholeMap);
  const compiled = { path, scriptName, imports, code, mapText: wholeMap, map };
  const unusable = (more: readonly Problem[]): CompiledFile => ({
    ...compiled,
    problems: more,
    body: () => {
      throw new Error(`${path} was not compiled`);
    },
  });
  if (problems.length > 0) return unusable(problems);
  try {
    return { ...compiled, problems: [], body: wrap(code, scriptName, sourceMap) };
  } catch (error) {
    if (error instanceof SyntaxError) return unusable([engineProblem(error, path, scriptName, map)]);
    if (error instanceof RangeError) return unusable([tooDeep(path)]);
    throw error;
  }
}

interface Transpiled {
  readonly code: string;
  readonly mapText: string;
  readonly imports: readonly ValueImport[];
  readonly problems: readonly Problem[];
}

function transpileAnything(file: SourceFile): Transpiled {
  try {
    return transpile(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { code: "", mapText: NO_MAP, imports: [], problems: [tooDeep(file.path)] };
  }
}

const NO_MAP = JSON.stringify({ version: 3, names: [], sources: [], mappings: "" });

/** Compiler and engine go down into brackets by calling themselves; the stack ends before any program that people write. */
function tooDeep(path: string): Problem {
  return { path, line: 1, message: "is nested too deeply; no compiler can follow" };
}

function transpile(file: SourceFile): Transpiled {
  const compiler = typescript();
  const imports: ValueImport[] = [];
  let refused: Problem[] = [];
  const look: ts.TransformerFactory<ts.SourceFile> = () => (source) => {
    refused = refusals(compiler, source, file.path);
    return source;
  };
  const out = compiler.transpileModule(file.text, {
    fileName: file.path,
    reportDiagnostics: true,
    compilerOptions: {
      target: compiler.ScriptTarget.ES2022,
      module: compiler.ModuleKind.CommonJS,
      moduleDetection: compiler.ModuleDetectionKind.Force,
      esModuleInterop: true,
      sourceMap: true,
      newLine: compiler.NewLineKind.LineFeed,
    },
    transformers: {
      before: [look, renamePrivates(compiler, file.path)],
      after: [collectImports(compiler, imports)],
    },
  });
  const syntax = (out.diagnostics ?? []).map((diagnostic): Problem => {
    const at = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    const message = compiler.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    return { path: file.path, line: (at?.line ?? 0) + 1, column: (at?.character ?? 0) + 1, message };
  });
  return {
    code: out.outputText.replace(/^#!/, "//").replace(/\/\/# sourceMappingURL=.*\s*$/, ""),
    mapText: out.sourceMapText ?? "{}",
    imports,
    // After a syntax error the tree is a guess, and what is found in it may be none of the student's doing.
    problems: syntax.length > 0 ? syntax : refused,
  };
}

function wrap(code: string, scriptName: string, sourceMap: object): ModuleBody {
  const { names, values } = globalScope();
  const inline = Buffer.from(JSON.stringify(sourceMap)).toString("base64");
  const script = new Script(
    `${withGlobals(code, names)}\n` +
      `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${inline}`,
    { filename: scriptName },
  );
  const outer = script.runInThisContext() as (...globals: readonly unknown[]) => ModuleBody;
  return outer(...values);
}

/**
 * An error that only the engine finds, such as a name that is declared twice. Its stack begins with place,
 * line and a caret.
 */
function engineProblem(error: SyntaxError, path: string, scriptName: string, map: TraceMap): Problem {
  const [place = "", , caret = ""] = (error.stack ?? "").split("\n");
  const line = place.startsWith(`${scriptName}:`) ? Number(place.slice(scriptName.length + 1)) : 1;
  const at = originalPositionFor(map, { line, column: Math.max(0, caret.indexOf("^")) });
  return {
    path,
    line: at.line ?? 1,
    ...(at.column === null ? {} : { column: at.column + 1 }),
    message: error.message,
  };
}
