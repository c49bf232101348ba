import type ts from "typescript";
import type { SourceFile } from "../../labs/kit/subject/files";
import { typescript } from "../../labs/kit/subject/typescript";

/** What is left of a program once names, values, types, comments and layout are taken away. */
export interface Tokens {
  /** What each token is: `this`, `if`, `i` for any name, `n` for any number, `s` for any text. */
  readonly kinds: readonly string[];
  /** Where each stands; the lines of all files are counted through, from 0 on. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The files, in the order in which they were read. */
  readonly files: readonly Placement[];
  /** False if the program is longer than what is read of it. */
  readonly isWhole: boolean;
}

/** The rows of one file. */
export interface Placement {
  readonly path: string;
  readonly lines: readonly string[];
  /** The row of its first line. */
  readonly first: number;
}

/** Stands behind each file. */
export const BORDER = "file";

/** So much of a program is read: five times what the reference of all labs has. */
const MOST_TOKENS = 40_000;

/**
 * The tokens of a program, file after file by name. Nothing of it is run, and it need not compile.
 *
 * @throws RangeError for a program that is nested deeper than any that somebody writes
 */
export function tokensOf(sources: readonly SourceFile[]): Tokens {
  const kinds: string[] = [];
  const rows: number[] = [];
  const columns: number[] = [];
  const files: Placement[] = [];
  let first = 0;
  for (const { path, text } of [...sources].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const lines = text.split(/\r?\n/);
    files.push({ path, lines, first });
    for (const { kind, row, column } of tokensIn(path, text, MOST_TOKENS - kinds.length)) {
      kinds.push(kind);
      rows.push(first + row);
      columns.push(column);
    }
    first += lines.length;
  }
  return { kinds, rows, columns, files, isWhole: kinds.length < MOST_TOKENS };
}

interface Token {
  readonly kind: string;
  readonly row: number;
  readonly column: number;
}

function tokensIn(path: string, text: string, most: number): Token[] {
  const compiler = typescript();
  const source = compiler.createSourceFile(path, text, compiler.ScriptTarget.ES2022, true);
  const words = wordsOf(compiler);
  const isSilent = silenceOf(compiler);
  const tokens: Token[] = [];
  const add = (kind: string, position: number): void => {
    const { line, character } = source.getLineAndCharacterOfPosition(position);
    tokens.push({ kind, row: line, column: character });
  };
  const visit = (node: ts.Node): void => {
    if (tokens.length >= most || isSilent(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) children.forEach(visit);
    else if (node.kind !== compiler.SyntaxKind.SyntaxList) {
      add(words.get(node.kind) ?? compiler.tokenToString(node.kind) ?? "other", node.getStart(source));
    }
  };
  visit(source);
  if (tokens.length < most) add(BORDER, text.length);
  return tokens;
}

/** Different ways to write the same. */
function wordsOf({ SyntaxKind: kind }: typeof ts): ReadonlyMap<ts.SyntaxKind, string> {
  return new Map([
    [kind.Identifier, "i"],
    [kind.PrivateIdentifier, "i"],
    [kind.NumericLiteral, "n"],
    [kind.BigIntLiteral, "n"],
    [kind.StringLiteral, "s"],
    [kind.NoSubstitutionTemplateLiteral, "s"],
    [kind.TemplateHead, "s"],
    [kind.TemplateMiddle, "s"],
    [kind.TemplateTail, "s"],
  ]);
}

/** True for what vanishes when a program is compiled, and for punctuation that could be written or left out. */
function silenceOf(compiler: typeof ts): (node: ts.Node) => boolean {
  const { SyntaxKind: kind } = compiler;
  const isErased = (node: ts.Node): boolean => {
    if (compiler.isJSDoc(node) || compiler.isModifier(node) || compiler.isTypeNode(node)) return true;
    if (compiler.isImportDeclaration(node) || compiler.isInterfaceDeclaration(node)) return true;
    if (compiler.isTypeAliasDeclaration(node) || compiler.isTypeParameterDeclaration(node)) return true;
    if (compiler.isHeritageClause(node)) return true;
    if (compiler.isPropertyDeclaration(node)) return node.initializer === undefined;
    return compiler.isFunctionLike(node) && "body" in node && node.body === undefined;
  };
  const isOptional = (node: ts.Node): boolean => {
    switch (node.kind) {
      case kind.SemicolonToken:
      case kind.CommaToken:
      case kind.ColonToken:
      case kind.ConstKeyword:
      case kind.LetKeyword:
      case kind.VarKeyword:
      case kind.AsKeyword:
      case kind.SatisfiesKeyword:
      case kind.EndOfFileToken:
        return true;
      case kind.QuestionToken:
        return !compiler.isConditionalExpression(node.parent);
      case kind.ExclamationToken:
        return !compiler.isPrefixUnaryExpression(node.parent);
      case kind.OpenBraceToken:
      case kind.CloseBraceToken:
        return compiler.isBlock(node.parent);
      case kind.OpenParenToken:
      case kind.CloseParenToken:
        return compiler.isParenthesizedExpression(node.parent) || compiler.isArrowFunction(node.parent);
      default:
        return false;
    }
  };
  return (node) => isOptional(node) || isErased(node);
}
