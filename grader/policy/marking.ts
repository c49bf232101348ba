import { total } from "../grading/score";
import type { Grade, LabGrade } from "../schema/grade";
import { allocate } from "./allocate";
import { capOf } from "./cap";
import type { Course } from "./course";
import { bankOf } from "./late";
import { type LabMarks, type Marks, MARKS_SCHEMA } from "./marks";
import { priced } from "./price";
import { roundPoints } from "./rounding";
import { markScenes } from "./scenes";

/** Whose submission it is, and when it came: by the clock of the server that took it, in ISO 8601. */
export interface HandedIn {
  readonly student: string;
  readonly submission: string;
  /** Without it, nothing is late. */
  readonly submittedAt?: string | undefined;
}

/**
 * What one submission earns, by itself: its facts, seen with the policy of the course. Pure.
 *
 * Late days go where they are worth most points, and as few as that takes.
 *
 * @throws RangeError if the time is no instant, for no points may hang on it then
 */
export function marksOf(grade: Grade, course: Course, handedIn: HandedIn): Marks {
  const { student, submission, submittedAt } = handedIn;
  if (submittedAt !== undefined && Number.isNaN(Date.parse(submittedAt))) {
    throw new RangeError(`${JSON.stringify(submittedAt)} is no instant at which a submission came`);
  }
  const bank = bankOf(course.late, student);
  const options = grade.labs.map((lab) => {
    const raw = rawMarks(lab, course);
    const cap = capOf(raw.lab, raw.maxPoints, course, handedIn);
    return priced(cap === undefined ? raw : { ...raw, cap }, course, handedIn, bank);
  });
  const labs = allocate(options, bank);
  return {
    schema: MARKS_SCHEMA,
    student,
    submission,
    ...(submittedAt !== undefined && { submittedAt }),
    digest: grade.digest,
    ...totalOf(labs, course),
    final: grade.judgeErrors.left === 0 && grade.only === undefined,
    labs,
  };
}

/** Points and maximal points of these labs. */
export function totalOf(labs: readonly LabMarks[], course: Course): { points: number; maxPoints: number } {
  const { points, maxPoints } = total(labs);
  return { points: roundPoints(points, course), maxPoints: roundPoints(maxPoints, course) };
}

function rawMarks({ lab, title, scenes }: LabGrade, course: Course): LabMarks {
  const marked = markScenes(lab, scenes, course);
  return {
    lab,
    title,
    raw: marked.points,
    points: marked.points,
    maxPoints: marked.maxPoints,
    scenes: marked.scenes,
  };
}
