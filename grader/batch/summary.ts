import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compare } from "../../labs/kit/subject/problem";
import { standing } from "../policy/attempts";
import type { Course } from "../policy/course";
import { keptOr } from "../policy/kept";
import { marksOf } from "../policy/marking";
import type { Marks } from "../policy/marks";
import type { Grade } from "../schema/grade";
import { gradeFile } from "./batch";
import type { ClassDocument, ClassStudent, ClassSubmission, Flag } from "./class-document";
import { writeWhole } from "./durable";
import { type Circumstances, Facts } from "./facts";
import { flagsOf, policyFlags } from "./flags";
import type { Known } from "./intake";
import { safeName } from "./names";
import { Twins } from "./twins";

/** What the summary of a class is made of. */
export interface SummaryOrder extends Circumstances {
  readonly out: string;
  readonly course: Course;
  readonly taken: readonly Known[];
  /** Submissions that could not be judged by our own fault, and why. */
  readonly ungraded: ReadonlyMap<Known, string>;
}

/** Hears of marks and of the facts behind them; `file` is the name of their owner made safe. */
export interface MarksListener {
  /** Of one submission, where it is not its student's only one under the student's own name. */
  submission(file: string, marks: Marks, grade: Grade): void;
  /** Those that count, with the facts of the submission that they are mostly from. */
  student(file: string, marks: Marks, grade: Grade): void;
}

/**
 * Marks every submission and every student by the policy of the course. Grade documents are read one at a time: those of a large class
 * are not held in memory together. Marks go to `marks/`, by submission, and to `standing/`, by student.
 *
 * @throws JudgeError if not one submission could be judged
 */
export function summarise(order: SummaryOrder, hear: MarksListener): ClassDocument {
  for (const folder of ["marks", "standing"]) mkdirSync(path.join(order.out, folder), { recursive: true });
  const facts = new Facts();
  const twins = new Twins(order.taken);
  const students: ClassStudent[] = [];
  const submissions: ClassSubmission[] = [];
  for (const [name, own] of byStudent(order.taken)) {
    const attempts = own.map((taken) => attemptOf(taken, order, facts, twins, hear));
    submissions.push(...attempts.map(({ row }) => row));
    const judged = attempts.flatMap(({ marks }) => (marks === undefined ? [] : [marks]));
    if (judged.length === 0) {
      students.push(unmarked(name, attempts));
      continue;
    }
    const counting = keptOr(order.out, safeName(name), standing(judged, order.course));
    const student = studentOf(counting, attempts);
    writeJson(path.join(order.out, "standing", `${student.file}.json`), counting);
    students.push(student);
    const source = own.find(({ entry }) => entry.name === counting.submission);
    if (source !== undefined) hear.student(student.file, counting, gradeOf(source, order.out));
  }
  return { ...facts.document(order), students, submissions };
}

/** Sorted by name. */
function byStudent(taken: readonly Known[]): Map<string, Known[]> {
  const students = new Map<string, Known[]>();
  for (const each of [...taken].sort((a, b) => compare(a.entry.student, b.entry.student))) {
    const { student } = each.entry;
    students.set(student, [...(students.get(student) ?? []), each]);
  }
  return students;
}

/** A submission as a row, and its marks if it was judged. */
interface Attempt {
  readonly row: ClassSubmission;
  readonly marks?: Marks;
}

function attemptOf(
  taken: Known,
  order: SummaryOrder,
  facts: Facts,
  twins: Twins<Known>,
  hear: MarksListener,
): Attempt {
  const { entry, file, digest } = taken;
  const { name, student, submittedAt } = entry;
  const row = { name, file, student, submittedAt, digest, ...twins.firstOf(taken) };
  const message = order.ungraded.get(taken);
  if (message !== undefined) {
    facts.ungraded.push({ submission: name, message });
    return { row: { ...row, points: 0, final: false, flags: [{ kind: "ungraded", text: message }] } };
  }
  const grade = gradeOf(taken, order.out);
  const marks = marksOf(grade, order.course, { student, submission: name, submittedAt });
  writeJson(path.join(order.out, "marks", `${file}.json`), marks);
  facts.add(taken, grade, marks);
  if (name !== student) hear.submission(file, marks, grade);
  const flags = [...flagsOf(taken, grade, twins.othersOf(taken)), ...policyFlags(marks)];
  return { row: { ...row, points: marks.points, final: marks.final, flags }, marks };
}

function studentOf(counting: Marks, attempts: readonly Attempt[]): ClassStudent {
  const sources = new Set([
    counting.submission,
    ...(counting.chosen ?? []).map(({ submission }) => submission),
  ]);
  const rows = attempts.map(({ row }) => row);
  const counted = [...sources].flatMap((source) => rows.find(({ name }) => name === source) ?? []);
  const others = rows.filter((row) => !counted.includes(row));
  const identicalTo = counted[0]?.identicalTo;
  return {
    name: counting.student,
    file: safeName(counting.student),
    points: counting.points,
    final: counting.final && others.every(({ flags }) => flags.every(({ kind }) => kind !== "ungraded")),
    labs: counting.labs.map(({ lab, points, maxPoints, late, cap }) => ({
      lab,
      points,
      maxPoints,
      ...(late !== undefined && { late: { hours: late.hours, factor: late.factor } }),
      ...(cap !== undefined && { cap: { to: cap.to, by: cap.by } }),
    })),
    flags: [...submissionFlags(counted), ...policyFlags(counting)],
    ...(identicalTo !== undefined && { identicalTo }),
    submissions: [...counted, ...others].map(({ name }) => name),
  };
}

function unmarked(name: string, attempts: readonly Attempt[]): ClassStudent {
  const rows = attempts.map(({ row }) => row);
  const submissions = rows.map((row) => row.name);
  return {
    name,
    file: safeName(name),
    points: 0,
    final: false,
    labs: [],
    flags: submissionFlags(rows),
    submissions,
  };
}

/** Lateness and caps depend on which lab is from which submission: {@link policyFlags} of the student's own marks tell. */
function submissionFlags(rows: readonly ClassSubmission[]): Flag[] {
  const flags = rows.flatMap((row) => row.flags).filter(({ kind }) => kind !== "late" && kind !== "cap");
  return flags.filter(
    ({ kind, text }, i) => flags.findIndex((each) => each.kind === kind && each.text === text) === i,
  );
}

function gradeOf(taken: Known, out: string): Grade {
  return JSON.parse(readFileSync(gradeFile(out, taken), "utf8")) as Grade;
}

/** It can be computed again at any time, so that it need not survive a power failure; but nobody ever sees half of it. */
function writeJson(file: string, value: unknown): void {
  writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
