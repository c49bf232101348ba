import { posix } from "node:path";
import type ts from "typescript";

/** An import that is left when the types are gone, so that a module would have to be loaded for it. */
export interface ValueImport {
  readonly specifier: string;
  /** Where it is written; from 1. */
  readonly line: number;
}

/** Where the types of the course come from; nothing else may be imported from outside a submission. */
export const KIT = "@labs/kit";

const RULE = `a program may import only files of its own folder, and types from ${KIT}`;

/**
 * Collects the imports that survive compilation, as an `after` transformer: there the compiler has already
 * dropped those that are only used as types, whether they say `import type` or not.
 */
export function collectImports(
  compiler: typeof ts,
  imports: ValueImport[],
): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    for (const statement of file.statements) {
      const original = compiler.getOriginalNode(statement);
      if (!compiler.isImportDeclaration(original) && !compiler.isExportDeclaration(original)) continue;
      const { moduleSpecifier } = original;
      if (moduleSpecifier === undefined || !compiler.isStringLiteral(moduleSpecifier)) continue;
      const source = original.getSourceFile();
      const { line } = source.getLineAndCharacterOfPosition(original.getStart(source));
      imports.push({ specifier: moduleSpecifier.text, line: line + 1 });
    }
    return file;
  };
}

/** The file that an import means, or why there is none. */
export type Resolution = { readonly path: string } | { readonly problem: string };

/**
 * Resolves inside the submission only: `./log`, `./log.ts`, `./log.js` or a folder with an `index.ts`; upper
 * and lower case count on every system.
 *
 * @param from - the importing file
 * @param paths - all files of the submission
 */
export function resolveImport(specifier: string, from: string, paths: ReadonlySet<string>): Resolution {
  if (specifier === KIT || specifier.startsWith(`${KIT}/`)) {
    return { problem: `imports a value from ${specifier}, which has only types; write \`import type\`` };
  }
  if (!/^\.\.?(\/|$)/.test(specifier)) return { problem: `imports ${specifier}; ${RULE}` };
  const target = posix.join(posix.dirname(from), specifier).replace(/\/$/, "");
  if (target === ".." || target.startsWith("../")) {
    return { problem: `imports ${specifier}, which lies outside the folder; ${RULE}` };
  }
  const candidates = [
    target,
    `${target}.ts`,
    target.replace(/\.js$/, ".ts"),
    target === "." ? "index.ts" : `${target}/index.ts`,
  ];
  const path = candidates.find((candidate) => paths.has(candidate));
  if (path !== undefined) return { path };
  const lower = new Set(candidates.map((candidate) => candidate.toLowerCase()));
  const near = [...paths].find((known) => lower.has(known.toLowerCase()));
  if (near !== undefined) return { problem: `imports ${specifier}, but the file is called ${near}` };
  return { problem: `imports ${specifier}, but there is no such .ts file in the folder` };
}
