import type ts from "typescript";
import { typescript } from "../../../labs/kit/subject/typescript";

/** What a compartment refuses to evaluate wherever it stands, because it cannot tell code from text, and how a text says the same. */
const SUSPECTS: readonly (readonly [suspect: RegExp, harmless: string])[] = [
  [/import(?=\s*(?:[(.]|\/[/*]))/g, "impor\\x74"],
  [/eval(?=\s*\()/g, "eva\\x6c"],
  [/<!--/g, "\\x3c!--"],
  [/-->/g, "--\\x3e"],
];

/**
 * Writes the literals and comments of some JavaScript so that a compartment takes them: a message such as `"a --> b"` is no
 * attack. Everything else stays as it is, at its line.
 */
export function harmless(code: string): string {
  if (soften(code) === code) return code;
  const compiler = typescript();
  const source = compiler.createSourceFile("x.js", code, compiler.ScriptTarget.ES2022, true);
  const edits = new Map<number, { readonly to: number; readonly text: string }>();
  const edit = (from: number, to: number): void => {
    const text = code.slice(from, to);
    if (soften(text) !== text) edits.set(from, { to, text: soften(text) });
  };
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of compiler.getLeadingCommentRanges(code, node.getFullStart()) ?? [])
      edit(pos, end);
    for (const { pos, end } of compiler.getTrailingCommentRanges(code, node.getEnd()) ?? []) edit(pos, end);
    if (isLiteral(compiler, node)) edit(node.getStart(source), node.getEnd());
    else for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  const inOrder = [...edits].sort(([a], [b]) => b - a);
  return inOrder.reduce((made, [from, { to, text }]) => made.slice(0, from) + text + made.slice(to), code);
}

function soften(text: string): string {
  return SUSPECTS.reduce((made, [suspect, by]) => made.replace(suspect, by), text);
}

function isLiteral(compiler: typeof ts, node: ts.Node): boolean {
  return (
    compiler.isStringLiteral(node) ||
    compiler.isRegularExpressionLiteral(node) ||
    compiler.isNoSubstitutionTemplateLiteral(node) ||
    compiler.isTemplateHead(node) ||
    compiler.isTemplateMiddleOrTemplateTail(node)
  );
}
