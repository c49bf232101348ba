import type ts from "typescript";
import { UsageError } from "../../labs/kit/program/errors";
import { typescript } from "../../labs/kit/subject/typescript";
import type { Course } from "../policy/course";

/** A cap as it stands in the policy of a course. */
export type Cap = Course["caps"][number];

/**
 * The policy's text with some caps at the end of its list; all else stays as somebody has written it.
 *
 * @param text - of a policy that is in order
 * @throws UsageError if that is no JSON object
 */
export function withCaps(text: string, caps: readonly Cap[]): string {
  const compiler = typescript();
  const source = compiler.parseJsonText("course.json", text);
  const object = source.statements[0]?.expression;
  if (object === undefined || !compiler.isObjectLiteralExpression(object)) {
    throw new UsageError("the policy of a course is a JSON object");
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const step = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const lines = caps.map((cap) => `${step}${step}${lineOf(cap)}`);
  const list = valueOf("caps", object, compiler);
  if (list !== undefined && compiler.isArrayLiteralExpression(list)) {
    const last = list.elements.at(-1);
    const at = last?.getEnd() ?? list.getStart(source) + 1;
    const end = last === undefined ? list.getEnd() - 1 : at;
    const closes = text.slice(at, list.getEnd() - 1).includes("\n") ? "" : `${eol}${step}`;
    return `${text.slice(0, at)}${last === undefined ? "" : ","}${eol}${lines.join(`,${eol}`)}${closes}${text.slice(end)}`;
  }
  const last = object.properties.at(-1);
  const at = last?.getEnd() ?? object.getStart(source) + 1;
  const entry = `${step}"caps": [${eol}${lines.join(`,${eol}`)}${eol}${step}]`;
  const closes = text.slice(at).startsWith("}") ? eol : "";
  return `${text.slice(0, at)}${last === undefined ? "" : ","}${eol}${entry}${closes}${text.slice(at)}`;
}

function valueOf(
  name: string,
  object: ts.ObjectLiteralExpression,
  compiler: typeof ts,
): ts.Expression | undefined {
  const property = object.properties
    .filter((each) => compiler.isPropertyAssignment(each))
    .find((each) => compiler.isStringLiteral(each.name) && each.name.text === name);
  return property?.initializer;
}

function lineOf({ lab, student, by, cap, at }: Cap): string {
  const fields = Object.entries({ lab, student, by, cap, at });
  return `{ ${fields.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(", ")} }`;
}
