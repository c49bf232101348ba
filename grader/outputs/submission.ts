import path from "node:path";
import type { Course } from "../policy/course";
import { marksOf } from "../policy/marking";
import type { Marks } from "../policy/marks";
import { studentOf } from "../policy/students";
import { type Stage, viewOf } from "../policy/view";
import type { Grade } from "../schema/grade";
import type { GradescopeMetadata } from "./gradescope-metadata";
import type { Readers } from "./gradescope";

/** What is known of a submission besides its grade. */
export interface Known {
  readonly student?: string | undefined;
  /** ISO 8601. */
  readonly submittedAt?: string | undefined;
  readonly metadata?: GradescopeMetadata | undefined;
  /** More labs are still to be graded. */
  readonly part?: boolean;
}

/** One submission under the policy of a course. */
export interface Submission {
  readonly grade: Grade;
  readonly marks: Marks;
  readonly course: Course;
}

/** The marks of a grade by itself. A due date that Gradescope knows takes the place of the course's. */
export function submissionOf(grade: Grade, course: Course, known: Known): Submission {
  const { metadata } = known;
  const submission = path.basename(grade.subject).replace(/\.(zip|tar\.gz|tgz|git)$/i, "");
  const student = known.student ?? studentOf(metadata?.student ?? submission, course);
  const submittedAt = known.submittedAt ?? metadata?.submittedAt;
  const dated = metadata?.dueAt === undefined ? course : withDue(course, grade, metadata.dueAt);
  const marks = marksOf(grade, dated, { student, submission, submittedAt });
  const final = marks.final && known.part !== true;
  return { grade, marks: { ...marks, final }, course: dated };
}

/** As each of the three readers sees it, of whom the first one is at `stage`. */
export function readersOf({ grade, marks, course }: Submission, stage: Stage): Readers {
  const view = (reader: Stage): Readers["now"] => viewOf(marks, grade, course, reader);
  return { now: view(stage), later: view("after"), staff: view("staff") };
}

function withDue(course: Course, { labs }: Grade, due: string): Course {
  const own = labs.map(({ lab }) => [lab, { ...course.labs[lab as keyof Course["labs"]], due }] as const);
  return { ...course, labs: { ...course.labs, ...Object.fromEntries(own) } };
}
