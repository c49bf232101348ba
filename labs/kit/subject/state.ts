import type ts from "typescript";
import type { SourceFile } from "./files";
import { problemLines, type Problem } from "./problem";
import { typescript } from "./typescript";

const MUTATORS = new Set(
  "push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split(" "),
);

/**
 * Places that look like module-level variables which change: `raft/raft.ts:3: let counter`. Such a variable
 * is one for all servers and lives through crashes, so it breaks a simulated world. This only reads the text;
 * it is a hint, not a proof.
 *
 * Listed are `let` and `var` that are assigned later, `const` that begins as an empty list, object, Map or
 * Set or is changed in the same file, and static fields likewise.
 */
export function findModuleState(files: readonly SourceFile[]): string[] {
  const compiler = typescript();
  const found = files.flatMap(({ path, text }) => {
    const file = compiler.createSourceFile(path, text, compiler.ScriptTarget.ES2022, true);
    return stateOf(compiler, file, path);
  });
  return problemLines(found);
}

function stateOf(compiler: typeof ts, file: ts.SourceFile, path: string): Problem[] {
  const changed = changedNames(compiler, file);
  const found: Problem[] = [];
  const report = (node: ts.Node, message: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push({ path, line: line + 1, message });
  };
  for (const statement of file.statements) {
    if (compiler.isVariableStatement(statement)) {
      const { declarationList } = statement;
      const isConst = (declarationList.flags & compiler.NodeFlags.Const) !== 0;
      const keyword = isConst
        ? "const"
        : (declarationList.flags & compiler.NodeFlags.Let) !== 0
          ? "let"
          : "var";
      for (const { name, initializer } of declarationList.declarations) {
        for (const one of boundNames(compiler, name)) {
          const state = isConst
            ? changed.inside.has(one.text) || isEmptyContainer(compiler, initializer)
            : changed.assigned.has(one.text) || changed.inside.has(one.text);
          if (state) report(one, `${keyword} ${one.text}`);
        }
      }
    } else if (compiler.isClassDeclaration(statement)) {
      for (const member of statement.members) {
        if (!compiler.isPropertyDeclaration(member)) continue;
        const modifiers = compiler.getModifiers(member)?.map((modifier) => modifier.kind) ?? [];
        if (!modifiers.includes(compiler.SyntaxKind.StaticKeyword)) continue;
        const fixed = modifiers.includes(compiler.SyntaxKind.ReadonlyKeyword);
        if (fixed && !isEmptyContainer(compiler, member.initializer)) continue;
        report(member, `static ${statement.name?.text ?? "default"}.${member.name.getText(file)}`);
      }
    }
  }
  return found;
}

function boundNames(compiler: typeof ts, name: ts.BindingName): ts.Identifier[] {
  if (compiler.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    compiler.isBindingElement(element) ? boundNames(compiler, element.name) : [],
  );
}

/** `[]`, `{}`, `new Map()` and the like: nobody keeps an empty one that stays empty. */
function isEmptyContainer(compiler: typeof ts, node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  if (compiler.isAsExpression(node) || compiler.isSatisfiesExpression(node)) {
    return isEmptyContainer(compiler, node.expression);
  }
  if (compiler.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (compiler.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return (
    compiler.isNewExpression(node) &&
    compiler.isIdentifier(node.expression) &&
    /^(Map|Set|Array)$/.test(node.expression.text) &&
    (node.arguments?.length ?? 0) === 0
  );
}

interface Changed {
  /** `x = …`, `x++`, `[x] = …`. */
  readonly assigned: ReadonlySet<string>;
  /** `x.y = …`, `x[0]++`, `x.push(…)`, `delete x.y`. */
  readonly inside: ReadonlySet<string>;
}

/** By name alone: a local variable of the same name counts too, which is one hint too many at worst. */
function changedNames(compiler: typeof ts, file: ts.SourceFile): Changed {
  const assigned = new Set<string>();
  const inside = new Set<string>();
  const target = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) assigned.add(node.text);
    else if (compiler.isPropertyAccessExpression(node) || compiler.isElementAccessExpression(node)) {
      let root: ts.Node = node;
      while (compiler.isPropertyAccessExpression(root) || compiler.isElementAccessExpression(root)) {
        root = root.expression;
      }
      if (compiler.isIdentifier(root)) inside.add(root.text);
    } else {
      compiler.forEachChild(node, target); // a pattern, or brackets and `!` around a target
    }
  };
  const { SyntaxKind } = compiler;
  const visit = (node: ts.Node): void => {
    if (compiler.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment) target(node.left);
    } else if (compiler.isPrefixUnaryExpression(node) || compiler.isPostfixUnaryExpression(node)) {
      if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) {
        target(node.operand);
      }
    } else if (compiler.isDeleteExpression(node)) {
      target(node.expression);
    } else if (compiler.isForInStatement(node) || compiler.isForOfStatement(node)) {
      if (!compiler.isVariableDeclarationList(node.initializer)) target(node.initializer);
    } else if (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
      if (MUTATORS.has(node.expression.name.text)) target(node.expression);
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return { assigned, inside };
}
