import { type Course, type LatePolicy, policyOf } from "./course";
import { extensionOf } from "./price";
import type { Stage } from "./view";

const HOUR = 3_600_000;

/**
 * What students may see by now of these labs: `after` once nobody can hand one of them in any more, extensions and late
 * days counted in, or else the first would tell the last. A lab without a due date is never closed.
 *
 * Where lateness only costs, for as long as one likes, a lab is taken to be closed at its due date.
 */
export function stageAt(labs: readonly number[], course: Course, now: Date): Exclude<Stage, "staff"> {
  return labs.every((lab) => closing(lab, course) < now.getTime()) ? "after" : "before";
}

/** When the last student can hand in a lab, in ms since 1970. */
function closing(lab: number, course: Course): number {
  const { due } = policyOf(course, lab);
  if (due === undefined) return Infinity;
  const dueAt = Date.parse(due);
  const extensions = course.extensions.map(({ student }) => extensionOf(student, lab, dueAt, course));
  return dueAt + Math.max(0, ...extensions) + lateTime(course.late);
}

/** For so long after the due date something may still be worth points. */
function lateTime({ closeAfterHours, days, graceMinutes, cost }: LatePolicy): number {
  if (closeAfterHours !== undefined) return closeAfterHours * HOUR;
  const grace = (graceMinutes * HOUR) / 60;
  if (cost !== "everything" || days === undefined) return grace;
  return Math.max(grace, 24 * HOUR * Math.min(days.bank, days.perLab ?? days.bank));
}
