import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { collectFiles, type SourceFile } from "./files";
import { KIT } from "./imports";
import { problemLines, type Problem } from "./problem";
import { typescript } from "./typescript";

const KIT_FOLDER = resolve(__dirname, "..");

/** What programs have besides the plain language; see `globals.ts`. */
const AMBIENT = `
declare const console: {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  trace(...data: unknown[]): void;
  dir(value: unknown): void;
  table(value: unknown): void;
  group(...data: unknown[]): void;
  groupEnd(): void;
  assert(holds: unknown, ...data: unknown[]): void;
};
declare function structuredClone<T>(value: T): T;
`;

/**
 * The type errors of a submission, as `raft/raft.ts:12:5: TS2322 …`, wherever its folder lies. Only its `.ts`
 * files count: no tsconfig, package.json or node_modules of its own. Takes about a second; a command that
 * must answer sooner runs `typecheck-main.ts` beside it.
 *
 * @throws UsageError and SubjectError like {@link collectFiles}
 */
export function typeErrors(dir: string): string[] {
  return typeErrorsOf(dir, collectFiles(dir));
}

/** Like {@link typeErrors}, for files that are already in memory and would lie in `dir`. */
export function typeErrorsOf(dir: string, files: readonly SourceFile[]): string[] {
  const compiler = typescript();
  const root = resolve(dir);
  const paths = new Map(files.map(({ path }) => [canonical(join(root, path)), path]));
  const texts = new Map(files.map(({ path, text }) => [canonical(join(root, path)), text]));
  const ambient = canonical(join(root, "globals.d.ts"));
  texts.set(ambient, AMBIENT);
  const program = compiler.createProgram({
    rootNames: [...texts.keys()],
    options: compilerOptions(compiler),
    host: host(compiler, compilerOptions(compiler), texts),
  });
  const problems: Problem[] = [];
  for (const [name, path] of paths) {
    const source = program.getSourceFile(name);
    if (source === undefined) continue;
    for (const diagnostic of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      const at = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
      const text = compiler.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
      // "Do you need to install type definitions for node? Try …": not here.
      const message = `TS${diagnostic.code} ${text.replace(/ Do you need to [^]*$/, "")}`;
      problems.push({ path, line: at.line + 1, column: at.character + 1, message });
    }
  }
  return problemLines(problems);
}

/**
 * As strict as our own tsconfig.json; unused names are no errors here, unfinished programs are full of them.
 */
export function compilerOptions(compiler: typeof ts): ts.CompilerOptions {
  return {
    target: compiler.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: compiler.ModuleKind.NodeNext,
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    isolatedModules: true,
    esModuleInterop: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: { [KIT]: [canonical(join(KIT_FOLDER, "index.ts"))] },
  };
}

/** Shows the compiler the submission, the kit and the library, and nothing else of the machine. */
function host(
  compiler: typeof ts,
  settings: ts.CompilerOptions,
  texts: ReadonlyMap<string, string>,
): ts.CompilerHost {
  const real = compiler.createCompilerHost(settings);
  const library = canonical(dirname(compiler.getDefaultLibFilePath(settings)));
  const kit = canonical(KIT_FOLDER);
  const isOurs = (name: string): boolean => name.startsWith(`${kit}/`) || name.startsWith(`${library}/`);
  const read = (name: string): string | undefined => {
    const path = canonical(name);
    return texts.get(path) ?? (isOurs(path) ? real.readFile(name) : undefined);
  };
  return {
    ...real,
    fileExists: (name) => texts.has(canonical(name)) || (isOurs(canonical(name)) && real.fileExists(name)),
    readFile: read,
    getSourceFile: (name, language) => {
      const text = read(name);
      return text === undefined ? undefined : compiler.createSourceFile(name, text, language);
    },
    directoryExists: () => true,
    getDirectories: () => [],
    realpath: (name) => name,
    useCaseSensitiveFileNames: () => true,
  };
}

/** The compiler writes all paths with `/`. */
function canonical(path: string): string {
  return path.replace(/\\/g, "/");
}
