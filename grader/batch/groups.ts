import type { Verdict } from "../../labs/kit/scene/outcome";
import { compare } from "../../labs/kit/subject/problem";
import type { Grade } from "../schema/grade";
import type { ClassGroup } from "./class-document";

/** Scenes that are named of each group. */
const MOST_SCENES = 20;

interface Gathered {
  readonly students: Set<string>;
  readonly submissions: Set<string>;
  readonly labs: Set<number>;
  /** How many submissions failed in each scene, or with each verdict. */
  readonly scenes: Map<string, number>;
  readonly verdicts: Map<Verdict, number>;
  readonly example: ClassGroup["example"];
}

/** Gathers why scenes failed, over a class, by the rule that was broken: messages differ with every seed, rules do not. */
export class Groups {
  private readonly byRule = new Map<string, Gathered>();

  /** Errors of the grader are no failures of a submission, and are left out. */
  add(student: string, submission: string, { labs }: Grade): void {
    for (const { lab, scenes } of labs) {
      for (const { name, verdict, firstFailure } of scenes) {
        if (firstFailure === undefined || verdict === "judge-error") continue;
        const { rule, message } = firstFailure;
        const group = this.byRule.get(rule) ?? begin({ student, scene: name, message });
        this.byRule.set(rule, group);
        group.students.add(student);
        group.submissions.add(submission);
        group.labs.add(lab);
        group.scenes.set(name, (group.scenes.get(name) ?? 0) + 1);
        group.verdicts.set(verdict, (group.verdicts.get(verdict) ?? 0) + 1);
      }
    }
  }

  /** The one that most submissions are in first. */
  list(): ClassGroup[] {
    const groups = [...this.byRule].map(
      ([rule, { students, submissions, labs, scenes, verdicts, example }]) => ({
        rule,
        verdict: frequent(verdicts)[0] ?? "wrong",
        lab: Math.min(...labs),
        students: [...students].sort(compare),
        submissions: [...submissions].sort(compare),
        scenes: frequent(scenes).slice(0, MOST_SCENES),
        example,
      }),
    );
    return groups.sort((a, b) => b.submissions.length - a.submissions.length || compare(a.rule, b.rule));
  }
}

function begin(example: ClassGroup["example"]): Gathered {
  const names = { students: new Set<string>(), submissions: new Set<string>() };
  return { ...names, labs: new Set(), scenes: new Map(), verdicts: new Map(), example };
}

function frequent<T extends string>(counts: ReadonlyMap<T, number>): T[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([key]) => key);
}
