import type { z } from "zod";
import { type Course, courseSchema, policyOf } from "./course";

/** A course, or what is wrong with the document: a line a mistake. */
export type Checked =
  | { readonly course: Course; readonly mistakes?: never }
  | { readonly course?: never; readonly mistakes: readonly string[] };

/** Reads the policy of a course from a JSON value. */
export function checkCourse(document: unknown): Checked {
  const parsed = courseSchema.safeParse(document);
  if (!parsed.success) return { mistakes: parsed.error.issues.flatMap((issue) => linesOf(issue, document)) };
  const mistakes = [...contradictions(parsed.data)];
  return mistakes.length > 0 ? { mistakes } : { course: parsed.data };
}

/** Where, what was found, what is expected. */
function linesOf(issue: z.core.$ZodIssue, document: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) => `${pathText([...issue.path, key])}: nobody knows this key; is it misspelt?`,
    );
  }
  if (issue.code === "invalid_union") {
    const deeper = issue.errors.find((errors) => errors.some(({ path }) => path.length > 0));
    if (deeper !== undefined) {
      return deeper.flatMap((each) => linesOf({ ...each, path: [...issue.path, ...each.path] }, document));
    }
  }
  return [`${pathText(issue.path)}: found ${found(document, issue.path)}, expected ${issue.message}`];
}

function found(document: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    document,
  );
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** As in JavaScript: `labs.1.scenes["split vote"].points`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (/^[\w$*-]+$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`))
    .join("");
  return text === "" ? "the document" : text.replace(/^\./, "");
}

/** What is well-formed and cannot be meant. */
function* contradictions(course: Course): Generator<string> {
  const { late, extensions, caps, students } = course;
  if (late.days !== undefined && late.cost === "nothing") {
    yield 'late.days: found late days where late.cost is "nothing", expected a cost that they save';
  }
  yield* patternMistakes(students.pattern);
  for (const [i, { student, lab, hours, until }] of extensions.entries()) {
    const at = `extensions.${i}`;
    if ((hours === undefined) === (until === undefined)) {
      yield `${at}: found ${hours === undefined ? "neither hours nor until" : "hours and until"}, expected one of them`;
    }
    yield* unknownStudent(`${at}.student`, student, course);
    const due = lab === undefined ? undefined : policyOf(course, lab).due;
    if (lab !== undefined && due === undefined) {
      yield `${at}.lab: found ${lab}, expected a lab with a due date; labs.${lab}.due says it`;
    }
    if (due !== undefined && until !== undefined && Date.parse(until) < Date.parse(due)) {
      yield `${at}.until: found ${JSON.stringify(until)}, expected an instant after labs.${lab}.due`;
    }
  }
  for (const [i, { student }] of caps.entries()) {
    if (student !== "*") yield* unknownStudent(`caps.${i}.student`, student, course);
  }
  for (const student of Object.keys(late.days?.spent ?? {})) {
    yield* unknownStudent(pathText(["late", "days", "spent", student]), student, course);
  }
}

function* unknownStudent(at: string, student: string, { students: { roster } }: Course): Generator<string> {
  if (roster !== undefined && !Object.hasOwn(roster, student)) {
    yield `${at}: found ${JSON.stringify(student)}, expected a student of students.roster`;
  }
}

function* patternMistakes(pattern: string | undefined): Generator<string> {
  if (pattern === undefined) return;
  const found = `students.pattern: found ${JSON.stringify(pattern)}`;
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    yield `${found}, expected a regular expression: ${(error as Error).message}`;
    return;
  }
  if (!pattern.includes("(?<student>")) yield `${found}, expected a group (?<student>…) in it`;
}
