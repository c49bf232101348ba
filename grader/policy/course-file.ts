import { readFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { COURSE_SCHEMA, type Course } from "./course";
import { checkCourse } from "./mistakes";

/** Where the policy of the course in a folder lies. */
const DEFAULT_FILE = path.join("grader", "course.json");

/**
 * The policy that a command goes by: that of `file` (what `--course` names), or of the course in `root`, or, if it
 * has none, all defaults.
 *
 * @throws UsageError as {@link readCourse} does
 */
export function courseOf(root: string, file?: string): Course {
  if (file !== undefined) return readCourse(file);
  const text = textOf(path.join(root, DEFAULT_FILE));
  return text === undefined ? defaultCourse() : parseCourse(text, DEFAULT_FILE);
}

/**
 * Reads the policy of a course.
 *
 * @throws UsageError with a line a mistake: where in the document, what was found, what is expected
 */
export function readCourse(file: string): Course {
  const text = textOf(file);
  if (text === undefined)
    throw new UsageError(`“${file}” cannot be read; it should be the policy of a course`);
  return parseCourse(text, file);
}

/** Every default, and no due dates. */
export function defaultCourse(): Course {
  return parseCourse(JSON.stringify({ schema: COURSE_SCHEMA }), "the defaults");
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parseCourse(text: string, file: string): Course {
  const { course, mistakes } = checkCourse(parseJson(text, file));
  if (course !== undefined) return course;
  throw new UsageError(mistakes.map((mistake) => `${file}: ${mistake}`).join("\n"));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      `${file}${placeIn(text, message)}: this is no JSON: ${message.split("\n", 1)[0] ?? ""}`,
    );
  }
}

/** Node tells an offset; people count lines. */
function placeIn(text: string, message: string): string {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return "";
  const before = text.slice(0, Number(offset)).split("\n");
  return `:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
