import { JudgeError } from "../../labs/runner/pool";
import type { Marks } from "../policy/marks";
import type { Grade } from "../schema/grade";
import { CLASS_SCHEMA, type ClassDocument } from "./class-document";
import { Groups } from "./groups";
import type { Known } from "./intake";

/** How a class was judged and marked. */
export interface Circumstances {
  readonly ignored: readonly string[];
  readonly seeds: number;
  /** Submissions that were judged at a time. */
  readonly workers: number;
  readonly now: Date;
}

type Lab = ClassDocument["labs"][number];

/** What a class has in common: counts over all its submissions. Documents are looked at once and not kept. */
export class Facts {
  readonly ungraded: ClassDocument["ungraded"] = [];
  private readonly groups = new Groups();
  private readonly judgeErrors: ClassDocument["judgeErrors"] = [];
  private readonly labs = new Map<number, Lab>();
  private common:
    | Pick<
        ClassDocument,
        "course" | "node" | "isolation" | "border" | "seedBase" | "seedCommitment" | "maxPoints"
      >
    | undefined;
  private wallMs = 0;

  add({ entry }: Known, grade: Grade, marks: Marks): void {
    const { course, node, isolation, border, seedBase, seedCommitment, wallMs } = grade;
    this.common ??= {
      ...{ course, node, isolation, border, seedBase },
      ...(seedCommitment !== undefined && { seedCommitment }),
      maxPoints: marks.maxPoints,
    };
    this.wallMs += wallMs;
    this.groups.add(entry.student, entry.name, grade);
    for (const lab of marks.labs) this.count(lab);
    for (const { scenes } of grade.labs) {
      for (const { name, runs, firstFailure, verdict } of scenes) {
        const run = runs.find((each) => each.verdict === "judge-error");
        if (run === undefined) continue;
        const told = verdict === "judge-error" ? firstFailure?.message : undefined;
        const message = told ?? "a run ended in an error of the grader";
        this.judgeErrors.push({ student: entry.student, scene: name, seed: run.seed, message });
      }
    }
  }

  /** @throws JudgeError if nothing was judged */
  document({ ignored, seeds, workers, now }: Circumstances): Omit<ClassDocument, "students" | "submissions"> {
    if (this.common === undefined) {
      throw new JudgeError(`no submission could be judged: ${this.ungraded[0]?.message ?? ""}`);
    }
    return {
      schema: CLASS_SCHEMA,
      ...this.common,
      seeds,
      createdAt: now.toISOString(),
      wallMs: this.wallMs,
      workers,
      labs: [...this.labs.values()],
      groups: this.groups.list(),
      judgeErrors: this.judgeErrors,
      ungraded: this.ungraded,
      ignored: [...ignored],
    };
  }

  private count({ lab, title, maxPoints, scenes }: Marks["labs"][number]): void {
    const known = this.labs.get(lab) ?? {
      ...{ lab, title, maxPoints },
      scenes: scenes.map(({ name, maxPoints: worth, challenge }) => {
        return { name, maxPoints: worth, challenge, passed: 0, judged: 0 };
      }),
    };
    this.labs.set(lab, known);
    for (const scene of known.scenes) {
      const own = scenes.find(({ name }) => name === scene.name);
      if (own === undefined) continue;
      scene.judged += 1;
      if (own.verdict === "accepted") scene.passed += 1;
    }
  }
}
