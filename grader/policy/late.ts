import type { LatePolicy } from "./course";
import { span } from "./span";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What lateness does to the points of one lab. */
export interface Lateness {
  /** Since the due date, an extension counted in; 0 if nothing is late, rounded up to hundredths. */
  readonly hours: number;
  /** Late days that it draws from the bank. */
  readonly daysUsed: number;
  /** What is left of the points, 0 to 1. */
  readonly factor: number;
  /** What is lost of them: 1 − factor. */
  readonly charge: number;
  /** All this in words. */
  readonly sentence: string;
}

/**
 * What a lab loses because it was late. Pure; all times are instants (ms since 1970), so no clock is ever put forward
 * or back. The hand-in time is the server's: an author of commits can write any.
 *
 * Late days cover 24 hours each, and only as many are drawn as make a difference; what they leave uncovered has its
 * cost. Within the grace nothing is late; behind it, lateness counts from the due date.
 *
 * @param extension - more time for this student, in ms
 * @param bank - late days that may be drawn
 */
export function lateness(
  submittedAt: number,
  dueAt: number,
  extension: number,
  policy: LatePolicy,
  bank: number,
): Lateness {
  const late = Math.max(0, submittedAt - dueAt - extension);
  const extended = extension > 0 ? `with an extension of ${span(extension)}: ` : "";
  const result = (factor: number, daysUsed: number, what: string): Lateness => ({
    hours: Math.ceil((100 * late) / HOUR) / 100,
    daysUsed,
    factor,
    charge: round(1 - factor),
    sentence: `${extended}${what}`,
  });
  if (late === 0) return result(1, 0, "in time");
  if (late <= policy.graceMinutes * MINUTE) {
    return result(1, 0, `${span(late)} late, within the grace of ${span(policy.graceMinutes * MINUTE)}`);
  }
  const { closeAfterHours } = policy;
  if (closeAfterHours !== undefined && late > closeAfterHours * HOUR) {
    return result(0, 0, `${span(late)} late: nothing counts after ${span(closeAfterHours * HOUR)}`);
  }
  const days = fewestDays(late, policy, bank);
  const factor = factorOf(late - days * DAY, policy);
  return result(factor, days, `${span(late)} late: ${costText(late - days * DAY, days, factor, policy)}`);
}

/** The late days of a student that labs which are not graded here have left. */
export function bankOf({ days }: LatePolicy, student: string): number {
  if (days === undefined) return 0;
  const spent = Object.hasOwn(days.spent, student) ? days.spent[student] : 0;
  return Math.max(0, days.bank - (spent ?? 0));
}

/** As few as make the factor as high as it can be. */
function fewestDays(late: number, policy: LatePolicy, bank: number): number {
  const most = Math.min(bank, policy.days?.perLab ?? bank, Math.ceil(late / DAY));
  let best = 0;
  for (let days = 1; days <= most && policy.days !== undefined; days++) {
    if (factorOf(late - days * DAY, policy) > factorOf(late - best * DAY, policy)) best = days;
  }
  return best;
}

/** What so much time that nothing covers leaves of the points. */
function factorOf(uncovered: number, { cost }: LatePolicy): number {
  if (uncovered <= 0 || cost === "nothing") return 1;
  if (cost === "everything") return 0;
  const units = Math.ceil(uncovered / (cost.per === "day" ? DAY : HOUR));
  return round(Math.max(cost.floor, 100 - cost.percent * units) / 100);
}

function costText(uncovered: number, days: number, factor: number, { cost }: LatePolicy): string {
  const drawn = days === 0 ? "" : `${days} late ${days === 1 ? "day" : "days"} drawn, `;
  if (uncovered <= 0) return `${drawn}nothing lost`;
  if (cost === "nothing") return "it costs nothing";
  const rest = days === 0 ? "" : `${span(uncovered)} left, `;
  if (cost === "everything") return `${drawn}${rest}nothing counts`;
  const floor = factor === cost.floor / 100 ? ", the least there is," : "";
  const left = `${percent(factor)} of the points${floor} are left`;
  return `${drawn}${rest}${cost.percent} % for each ${cost.per} that has begun, so ${left}`;
}

function percent(factor: number): string {
  return `${Math.round(factor * 10_000) / 100} %`;
}

/** Rids sums of decimal fractions of their last bits. */
function round(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}
