import type ts from "typescript";
import { typescript } from "../../../labs/kit/subject/typescript";

/**
 * What a compartment refuses to evaluate wherever it stands, because it cannot tell code from text; the character by which it is known,
 * and how a text says that otherwise. It is one in the midst: the first may stand behind a backslash, or be a sign of a regular expression.
 */
const SUSPECTS: readonly (readonly [suspect: RegExp, sign: string, escaped: string])[] = [
  [/(impor)t(?=\s*(?:[(.]|\/[/*]))/g, "t", "\\x74"],
  [/(eva)l(?=\s*\()/g, "l", "\\x6c"],
  [/(<!-)-/g, "-", "\\x2d"],
  [/(--)>/g, ">", "\\x3e"],
];

/**
 * Writes the literals and comments of some JavaScript so that a compartment takes them: a message such as `"a --> b"` is no
 * attack. Everything else stays as it is, at its line.
 */
export function harmless(code: string): string {
  if (escaped(code) === code) return code;
  const compiler = typescript();
  const source = compiler.createSourceFile("x.js", code, compiler.ScriptTarget.ES2022, true);
  const edits = new Map<number, { readonly to: number; readonly text: string }>();
  const edit = (from: number, to: number, by = escaped): void => {
    const text = code.slice(from, to);
    if (by(text) !== text) edits.set(from, { to, text: by(text) });
  };
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of compiler.getLeadingCommentRanges(code, node.getFullStart()) ?? [])
      edit(pos, end);
    for (const { pos, end } of compiler.getTrailingCommentRanges(code, node.getEnd()) ?? []) edit(pos, end);
    if (isLiteral(compiler, node))
      edit(node.getStart(source), node.getEnd(), isRaw(compiler, node) ? inserted : escaped);
    else for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  const inOrder = [...edits].sort(([a], [b]) => b - a);
  return inOrder.reduce((made, [from, { to, text }]) => made.slice(0, from) + text + made.slice(to), code);
}

function escaped(text: string): string {
  return SUSPECTS.reduce((made, [suspect, , sign]) => made.replace(suspect, `$1${sign}`), text);
}

/** The same for a text in which a backslash is a character like others. */
function inserted(text: string): string {
  return SUSPECTS.reduce(
    (made, [suspect, sign]) => made.replace(suspect, (_all, before: string) => `${before}\${"${sign}"}`),
    text,
  );
}

/** True for a part of a template behind `String.raw`. What other tags make of a text that is written otherwise nobody knows. */
function isRaw(compiler: typeof ts, literal: ts.Node): boolean {
  const whole = compiler.findAncestor(literal, compiler.isTaggedTemplateExpression);
  if (whole === undefined) return false;
  const { template, tag } = whole;
  const parts = compiler.isTemplateExpression(template)
    ? [template.head, ...template.templateSpans.map((span) => span.literal)]
    : [template];
  return (parts as ts.Node[]).includes(literal) && tag.getText() === "String.raw";
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
