import type ts from "typescript";
import type { Problem } from "./problem";

const SYNCHRONOUS =
  "handlers are synchronous: ctx.call(…) and go on in <method>Reply, " +
  "or ctx.setTimer(name, ms) and go on in timer(name)";
const NO_TEXT = "code made from text cannot be examined; write a function";
const IMPORTS = 'write `import { x } from "./file"` at the top of the file';

/**
 * What a simulated world cannot run, found in the text before anything runs: async code, code made from
 * strings, and other ways to load modules than `import`.
 */
export function refusals(compiler: typeof ts, file: ts.SourceFile, path: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (node: ts.Node, message: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    problems.push({ path, line: line + 1, message });
  };
  const visit = (node: ts.Node, inAsync: boolean | undefined): void => {
    const message = refusal(compiler, node, inAsync);
    if (message !== undefined) refuse(node, message);
    const within = compiler.isFunctionLike(node) ? isAsync(compiler, node) : inAsync;
    compiler.forEachChild(node, (child) => visit(child, within));
  };
  visit(file, undefined);
  for (const name of topLevelNames(compiler, file)) {
    if (name.text === "exports" || name.text === "require") {
      refuse(name, `the name ${name.text} is taken by the module system; choose another`);
    }
  }
  return problems;
}

/** @param inAsync - whether the nearest function is async; undefined outside all functions */
function refusal(compiler: typeof ts, node: ts.Node, inAsync: boolean | undefined): string | undefined {
  if (isAsync(compiler, node)) return `an async function; ${SYNCHRONOUS}`;
  if (
    compiler.isAwaitExpression(node) ||
    (compiler.isForOfStatement(node) && node.awaitModifier !== undefined)
  ) {
    // Within an async function that one line is enough.
    return inAsync === true
      ? undefined
      : `await${inAsync === undefined ? " at top level" : ""}; ${SYNCHRONOUS}`;
  }
  if (compiler.isCallExpression(node)) {
    if (node.expression.kind === compiler.SyntaxKind.ImportKeyword) return `import(…); ${IMPORTS}`;
    if (isNamed(compiler, node.expression, "require")) return `require(…); ${IMPORTS}`;
    if (isNamed(compiler, node.expression, "eval")) return `eval(…); ${NO_TEXT}`;
  }
  if (compiler.isCallExpression(node) || compiler.isNewExpression(node)) {
    if (isNamed(compiler, node.expression, "Function")) return `new Function(…); ${NO_TEXT}`;
  }
  if (compiler.isMetaProperty(node) && node.keywordToken === compiler.SyntaxKind.ImportKeyword) {
    return "import.meta; a program knows nothing of the machine it runs on";
  }
  if (compiler.isImportEqualsDeclaration(node) && compiler.isExternalModuleReference(node.moduleReference)) {
    return node.isTypeOnly ? undefined : `import … = require(…); ${IMPORTS}`;
  }
  if (compiler.isExportAssignment(node) && node.isExportEquals === true) {
    return "export =; write `export class …`";
  }
  return undefined;
}

function isAsync(compiler: typeof ts, node: ts.Node): boolean {
  return (
    compiler.canHaveModifiers(node) &&
    compiler.getModifiers(node)?.some((m) => m.kind === compiler.SyntaxKind.AsyncKeyword) === true
  );
}

function isNamed(compiler: typeof ts, node: ts.Node, name: string): boolean {
  return compiler.isIdentifier(node) && node.text === name;
}

/** The names that a file declares at its top level, imported ones included. */
function topLevelNames(compiler: typeof ts, file: ts.SourceFile): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const add = (name: ts.Node | undefined): void => {
    if (name === undefined) return;
    if (compiler.isIdentifier(name)) names.push(name);
    else if (compiler.isObjectBindingPattern(name) || compiler.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (compiler.isBindingElement(element)) add(element.name);
    }
  };
  for (const statement of file.statements) {
    if (compiler.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) add(declaration.name);
    } else if (
      compiler.isFunctionDeclaration(statement) ||
      compiler.isClassDeclaration(statement) ||
      compiler.isEnumDeclaration(statement)
    ) {
      add(statement.name);
    } else if (compiler.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      add(clause?.name);
      const bindings = clause?.namedBindings;
      if (bindings !== undefined && compiler.isNamespaceImport(bindings)) add(bindings.name);
      else if (bindings !== undefined) for (const element of bindings.elements) add(element.name);
    }
  }
  return names;
}
