import type { Course } from "./course";
import type { LabMarks } from "./marks";
import { roundPoints } from "./rounding";

/**
 * The lowest cap that holds for a submission, if a part of the lab's reference was released to its student before it came.
 * One that came at an unknown time is taken to have come later.
 *
 * @param maxPoints - of the lab, whose share a cap is
 */
export function capOf(
  lab: number,
  maxPoints: number,
  course: Course,
  { student, submittedAt }: { readonly student: string; readonly submittedAt?: string | undefined },
): LabMarks["cap"] {
  const came = submittedAt === undefined ? Infinity : Date.parse(submittedAt);
  const holding = course.caps.filter(
    (cap) => cap.lab === lab && (cap.student === "*" || cap.student === student) && came > Date.parse(cap.at),
  );
  const [lowest] = holding.sort((a, b) => a.cap - b.cap);
  if (lowest === undefined) return undefined;
  const { by, cap, at } = lowest;
  const to = roundPoints(cap * maxPoints, course);
  const percent = Math.round(cap * 10_000) / 100;
  return { to, by, sentence: `at most ${percent} % of the points: ${by} released the reference on ${at}` };
}
