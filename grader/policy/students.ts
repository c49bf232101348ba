import type { Course } from "./course";

/**
 * Whose submission it is: what the group `student` of the course's pattern finds in its name, or all of it.
 *
 * @param submission - its name, without the ending of an archive
 */
export function studentOf(submission: string, { students: { pattern } }: Course): string {
  if (pattern === undefined) return submission;
  return new RegExp(pattern, "u").exec(submission)?.groups?.["student"] ?? submission;
}

/** The ids of a student, by the names of a gradebook's columns; none if the roster does not know them. */
export function idsOf(student: string, { students: { roster } }: Course): Readonly<Record<string, string>> {
  return (roster !== undefined && Object.hasOwn(roster, student) ? roster[student] : undefined) ?? {};
}
