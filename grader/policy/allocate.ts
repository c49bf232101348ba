import type { LabMarks } from "./marks";

interface Plan {
  readonly points: number;
  readonly days: number;
  readonly labs: readonly LabMarks[];
}

/**
 * One of several forms of each lab, so that all together give the most points without more late days than there are; of
 * equal ones those with the fewest days, and then those that are named first.
 *
 * @param options - a list a lab; there must be one of 0 days in each
 * @param bank - late days
 */
export function allocate(options: readonly (readonly LabMarks[])[], bank: number): LabMarks[] {
  // plans[d]: the best for the labs so far that draws at most d days
  let plans: readonly (Plan | undefined)[] = Array.from({ length: bank + 1 }, () => NOTHING);
  for (const forms of options) {
    const before = plans;
    plans = before.map((_, days) => bestWith(forms, before, days));
  }
  return [...(plans[bank]?.labs ?? [])];
}

const NOTHING: Plan = { points: 0, days: 0, labs: [] };

function bestWith(
  forms: readonly LabMarks[],
  before: readonly (Plan | undefined)[],
  days: number,
): Plan | undefined {
  let best: Plan | undefined;
  for (const form of forms) {
    const used = daysOf(form);
    const rest = before[days - used];
    if (rest === undefined) continue;
    const plan = { points: rest.points + form.points, days: rest.days + used, labs: [...rest.labs, form] };
    if (best === undefined || isBetter(plan, best)) best = plan;
  }
  return best;
}

function isBetter(one: Plan, other: Plan): boolean {
  const more = one.points - other.points;
  return Math.abs(more) < 1e-9 ? one.days < other.days : more > 0;
}

function daysOf({ late }: LabMarks): number {
  return late?.daysUsed ?? 0;
}
