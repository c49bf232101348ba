import type ts from "typescript";
import { typescript } from "../../labs/kit/subject/typescript";

/** A field or method of a class, with the comments before it. */
interface Member {
  readonly name: string;
  /** From the end of the member before it. */
  readonly start: number;
  /** Where it stands itself, or its own comment. */
  readonly own: number;
  readonly end: number;
}

/**
 * A file without some members of a class. Where the skeleton's class of that name has such a member, its text takes the place.
 *
 * @param skeleton - the same file of the skeleton, if there is one
 * @param lab - whose work is taken out: of the skeleton's comments before a member those about earlier labs stay away
 * @throws Error if the class has no such member
 */
export function withoutMembers(
  text: string,
  from: string,
  names: readonly string[],
  skeleton: string | undefined,
  lab: number,
): string {
  const members = membersOf(text, from);
  const holes = skeleton === undefined ? [] : membersOf(skeleton, from);
  const missing = names.filter((name) => members.every((member) => member.name !== name));
  if (missing.length > 0)
    throw new Error(`class ${from} has no ${missing.join(", ")}; mend the layer of Lab ${lab}`);
  return members
    .filter(({ name }) => names.includes(name))
    .sort((a, b) => b.start - a.start) // from behind, so that places stay
    .reduce((left, { name, start, end }) => {
      const hole = holes.find((member) => member.name === name);
      const text = hole === undefined || skeleton === undefined ? "" : holeOf(skeleton, hole, lab);
      return left.slice(0, start) + text + left.slice(end);
    }, text);
}

/** The texts of some members, with their comments, as they stand. */
export function textsOf(text: string, from: string, names: readonly string[]): string[] {
  return membersOf(text, from)
    .filter(({ name }) => names.includes(name))
    .map(({ start, end }) => text.slice(start, end));
}

function membersOf(text: string, from: string): Member[] {
  const compiler = typescript();
  const source = compiler.createSourceFile("file.ts", text, compiler.ScriptTarget.ES2022, true);
  const found = source.statements
    .filter((statement) => compiler.isClassDeclaration(statement))
    .find((statement) => statement.name?.text === from);
  return (found?.members ?? []).map((member: ts.ClassElement) => ({
    name: member.name?.getText(source) ?? "",
    start: member.getFullStart(),
    own: member.getStart(source, true),
    end: endOf(text, member.getEnd()),
  }));
}

/** A comment on the same line belongs to the member. */
function endOf(text: string, end: number): number {
  const [rest = ""] = /^[ \t]*\/\/[^\n]*/.exec(text.slice(end)) ?? [];
  return end + rest.length;
}

function holeOf(skeleton: string, { start, own, end }: Member, lab: number): string {
  const blocks = skeleton
    .slice(start, own)
    .split(/\n\s*\n/)
    .filter((block) => Number(/^\s*\/\/ Lab (\d)/.exec(block)?.[1] ?? lab) >= lab);
  return blocks.join("\n\n") + skeleton.slice(own, end);
}
