import { allocate } from "./allocate";
import type { Course } from "./course";
import { bankOf } from "./late";
import { totalOf } from "./marking";
import type { LabMarks, Marks } from "./marks";
import { priced } from "./price";

/** A lab as one attempt has it. */
interface Candidate {
  readonly lab: LabMarks;
  readonly from: Marks;
}

/**
 * What counts of all that one student has handed in. Pure.
 *
 * By lab, labs may come from several submissions, and late days are drawn for all of them from one bank; a lab that
 * finds it empty counts with fewer. Of equal attempts the earliest counts.
 *
 * @param attempts - marks of one student, in any order; where a time is missing, this order is that of handing in
 * @throws RangeError if there is none
 */
export function standing(attempts: readonly Marks[], course: Course): Marks {
  const ordered = inOrder(attempts);
  const [first] = ordered;
  if (first === undefined) throw new RangeError("a student without a submission has no standing");
  if (ordered.length === 1) return first;
  return course.attempts.per === "lab" ? byLab(ordered, course) : bySubmission(first, ordered, course);
}

function inOrder(attempts: readonly Marks[]): readonly Marks[] {
  const times = new Map(attempts.map((each) => [each, Date.parse(each.submittedAt ?? "")]));
  if ([...times.values()].some(Number.isNaN)) return attempts;
  return [...attempts].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
}

function bySubmission(first: Marks, attempts: readonly Marks[], course: Course): Marks {
  const last = attempts.at(-1) ?? first;
  const best = attempts.reduce((leader, each) => (each.points > leader.points ? each : leader), first);
  const one = course.attempts.count === "best" ? best : last;
  return {
    ...one,
    final: isFinal([one], attempts, course),
    chosen: [{ submission: one.submission, sentence: why(attempts.length, one, "submissions", course) }],
  };
}

function byLab(attempts: readonly Marks[], course: Course): Marks {
  const numbers = [...new Set(attempts.flatMap(({ labs }) => labs.map(({ lab }) => lab)))].sort(
    (a, b) => a - b,
  );
  const rows = numbers.map((number) => {
    const all = attempts.flatMap((from) =>
      from.labs.filter(({ lab }) => lab === number).map((lab): Candidate => ({ lab, from })),
    );
    return course.attempts.count === "best" ? all : all.slice(-1);
  });
  const origin = new Map<LabMarks, Marks>();
  const options = rows.map((row) =>
    row.flatMap(({ lab, from }) => {
      const forms = formsOf(lab, from, course);
      for (const form of forms) origin.set(form, from);
      return forms;
    }),
  );
  const [{ student }] = attempts as [Marks];
  const labs = allocate(options, bankOf(course.late, student));
  const sources = labs.flatMap((lab) => origin.get(lab) ?? []);
  return compose(labs, sources, attempts, course);
}

/** As it was marked alone, and with fewer late days. */
function formsOf(lab: LabMarks, from: Marks, course: Course): LabMarks[] {
  const used = lab.late?.daysUsed ?? 0;
  return used === 0 ? [lab] : [lab, ...priced(lab, course, from, used - 1)];
}

function compose(
  labs: LabMarks[],
  sources: readonly Marks[],
  attempts: readonly Marks[],
  course: Course,
): Marks {
  const latest = attempts.findLast((each) => sources.includes(each)) as Marks;
  const same = sources.every((source) => source === latest);
  return {
    ...latest,
    digest: same ? latest.digest : null,
    ...totalOf(labs, course),
    final: isFinal(sources, attempts, course),
    labs,
    chosen: labs.map((lab, i) => {
      const among = attempts.filter((each) => each.labs.some((other) => other.lab === lab.lab)).length;
      const submission = (sources[i] ?? latest).submission;
      return { lab: lab.lab, submission, sentence: why(among, lab, "submissions with this lab", course) };
    }),
  };
}

/** An attempt that is not decided may still become the best. */
function isFinal(
  chosen: readonly Marks[],
  attempts: readonly Marks[],
  { attempts: { count } }: Course,
): boolean {
  return (count === "best" ? attempts : chosen).every(({ final }) => final);
}

function why(
  among: number,
  { points, maxPoints }: Pick<Marks, "points" | "maxPoints">,
  what: string,
  { attempts: { count } }: Course,
): string {
  const rule = among === 1 ? "the only one of all" : `the ${count} of ${among}`;
  return `${rule} ${what}: ${points} of ${maxPoints} points`;
}
