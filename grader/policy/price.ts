import { type Course, policyOf } from "./course";
import { lateness } from "./late";
import type { LabMarks } from "./marks";
import { roundPoints } from "./rounding";

const HOUR = 3_600_000;

/**
 * What a lab earns after lateness and cap, for each number of late days that may be drawn for it: the fewest first.
 *
 * @param lab - with its raw points, and with its cap if there is one
 * @param most - late days
 */
export function priced(
  lab: LabMarks,
  course: Course,
  { student, submittedAt }: { readonly student: string; readonly submittedAt?: string | undefined },
  most: number,
): LabMarks[] {
  const { late: _, ...bare } = lab;
  const { due } = policyOf(course, lab.lab);
  if (due === undefined || submittedAt === undefined) return [withFactor(bare, 1, course)];
  const dueAt = Date.parse(due);
  const extension = extensionOf(student, lab.lab, dueAt, course);
  const prices: LabMarks[] = [];
  for (let days = 0; days <= most; days++) {
    const late = lateness(Date.parse(submittedAt), dueAt, extension, course.late, days);
    if (prices.length > 0 && late.daysUsed < days) continue;
    const { hours, factor, daysUsed, sentence } = late;
    const price = withFactor(bare, factor, course);
    prices.push(hours === 0 ? price : { ...price, late: { hours, factor, daysUsed, sentence } });
  }
  return prices;
}

/** How much longer a student has for a lab, in ms. The longest extension counts. */
export function extensionOf(student: string, lab: number, dueAt: number, course: Course): number {
  const lengths = course.extensions
    .filter((each) => each.student === student && (each.lab === undefined || each.lab === lab))
    .map(({ hours, until }) => (until === undefined ? (hours ?? 0) * HOUR : Date.parse(until) - dueAt));
  return Math.max(0, ...lengths);
}

/** Lateness first, then the cap: whoever is late and capped loses once. */
function withFactor(lab: LabMarks, factor: number, course: Course): LabMarks {
  const points = roundPoints(lab.raw * factor, course);
  return { ...lab, points: Math.min(points, lab.cap?.to ?? points) };
}
