import { UsageError } from "../../labs/kit/program/errors";
import { total } from "../grading/score";
import type { Grade } from "../schema/grade";

/**
 * Grades of one submission, each of other labs, as one.
 *
 * @throws UsageError if there is none, they are of different submissions, seeds or versions, or two have the same lab
 */
export function mergeGrades(grades: readonly Grade[]): Grade {
  const [first, ...others] = grades;
  if (first === undefined) throw new UsageError("there is no grade to be merged");
  for (const other of others) {
    for (const field of ["digest", "node", "seedBase", "seedCommitment", "isolation", "border"] as const) {
      if (other[field] !== first[field]) {
        throw new UsageError(`these grades are not of one grading: they differ in “${field}”`);
      }
    }
  }
  const labs = grades.flatMap((grade) => grade.labs).sort((a, b) => a.lab - b.lab);
  const twice = labs.find(({ lab }, i) => labs[i + 1]?.lab === lab);
  if (twice !== undefined) throw new UsageError(`two of these grades have Lab ${twice.lab}`);
  if (others.length === 0) return first;
  const audits = grades.flatMap(({ audit }) => audit ?? []);
  const cpu = grades.flatMap(({ cpuMs }) => cpuMs ?? []);
  return {
    ...first,
    labs,
    ...total(labs),
    ...(audits.length > 0 && {
      audit: {
        runs: sum(audits.map(({ runs }) => runs)),
        differing: sum(audits.map(({ differing }) => differing)),
      },
    }),
    problems: distinct(grades.flatMap(({ problems }) => problems)),
    remarks: distinct(grades.flatMap(({ remarks = [] }) => remarks)),
    typeErrors: distinct(grades.flatMap(({ typeErrors }) => typeErrors)),
    judgeErrors: {
      retried: sum(grades.map(({ judgeErrors }) => judgeErrors.retried)),
      left: sum(grades.map(({ judgeErrors }) => judgeErrors.left)),
    },
    wallMs: sum(grades.map(({ wallMs }) => wallMs)),
    ...(cpu.length > 0 && { cpuMs: sum(cpu) }),
    events: sum(grades.map(({ events }) => events)),
  };
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, part) => all + part, 0);
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
