import { counted } from "../cli/progress";
import type { Marks } from "../policy/marks";
import type { Grade } from "../schema/grade";
import type { Flag } from "./class-document";
import type { Known } from "./intake";

const MOST_NAMED = 3;

/** What an instructor should know of one submission. */
export function flagsOf(taken: Known, grade: Grade, twins: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  const verdicts = grade.labs.flatMap(({ scenes }) => scenes.map(({ verdict }) => verdict));
  const [problem = ""] = grade.problems;
  const { left } = grade.judgeErrors;
  if (left > 0) {
    const runs = `${counted(left, "run")} ended twice in an error of the grader`;
    flags.push({ kind: "judge-error", text: `${runs}: the marks are not final` });
  }
  const { runs = 0, differing = 0 } = grade.audit ?? {};
  if (differing > 0) {
    const text = `${differing} of ${counted(runs, "run")} came out differently when they were played once more, input by input: look at the program`;
    flags.push({ kind: "audit", text });
  }
  if (taken.refusal !== undefined) flags.push({ kind: "refused", text: taken.refusal });
  else if (verdicts.includes("does-not-compile")) flags.push({ kind: "does-not-compile", text: problem });
  else if (verdicts.every((verdict) => verdict === "not-gradable"))
    flags.push({ kind: "not-gradable", text: problem });
  if (taken.isEmpty) flags.push({ kind: "empty", text: "it is nothing but the skeleton" });
  else if (twins.length > 0) flags.push({ kind: "identical", text: `the same files as ${named(twins)}` });
  return flags;
}

/** What lateness and released parts have cost. */
export function policyFlags({ labs }: Marks): Flag[] {
  return labs.flatMap(({ lab, late, cap, points, raw }) => {
    const flags: Flag[] = [];
    if (late !== undefined && (late.factor < 1 || late.daysUsed > 0))
      flags.push({ kind: "late", text: `Lab ${lab}: ${late.sentence}` });
    if (cap !== undefined && points < raw) flags.push({ kind: "cap", text: `Lab ${lab}: ${cap.sentence}` });
    return flags;
  });
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(", ");
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
