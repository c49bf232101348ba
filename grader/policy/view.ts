import { replayCommand } from "../../labs/desk/report";
import type { Verdict } from "../../labs/kit/scene/outcome";
import type { Grade } from "../schema/grade";
import { type Course, type Feedback, policyOf } from "./course";
import type { LabMarks, Marks, SceneMarks } from "./marks";

/** Who looks, and when: a student before or after the deadline, or staff. */
export type Stage = "before" | "after" | "staff";

/** What a reader may see of the marks, and nothing else. Texts of the submission in it are as hostile as they came. */
export interface View {
  readonly student: string;
  readonly submission: string;
  readonly submittedAt?: string;
  readonly stage: Stage;
  readonly final: boolean;
  /** Absent if it is hidden, because it would tell of what is hidden. */
  readonly points?: number;
  readonly maxPoints: number;
  readonly labs: readonly LabView[];
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
  readonly typeErrors: readonly string[];
  readonly provenance: Provenance;
  /** Which of several submissions counts, and why; absent if points are hidden. */
  readonly chosen?: NonNullable<Marks["chosen"]>;
}

/** Of one lab. */
export interface LabView {
  readonly lab: number;
  readonly title: string;
  /** Absent if it is hidden. */
  readonly points?: number;
  readonly maxPoints: number;
  /** Absent with the points. */
  readonly late?: NonNullable<LabMarks["late"]>;
  readonly cap?: NonNullable<LabMarks["cap"]>;
  readonly scenes: readonly SceneView[];
  /** How many scenes are not listed. */
  readonly hidden: number;
  /** How many of all its scenes passed; absent if that is hidden. */
  readonly passed?: number;
}

/** Of one scene. From `rule` on, only what the level of feedback shows. */
export interface SceneView {
  readonly name: string;
  readonly points?: number;
  readonly maxPoints: number;
  readonly verdict?: Verdict;
  readonly failed?: number;
  readonly seeds: number;
  readonly challenge: boolean;
  readonly rule?: string;
  readonly message?: string;
  /** Of the failure, in ms of virtual time. */
  readonly virtualMs?: number;
  readonly server?: number;
  readonly seed?: number;
  readonly replay?: string;
}

/** Where the marks come from. */
export interface Provenance {
  readonly course: Grade["course"];
  readonly node: string;
  readonly isolation: Grade["isolation"];
  readonly border: Grade["border"];
  readonly seedCommitment?: string;
  /** Only where seeds are shown, and not if it is a secret. */
  readonly seedBase?: number;
  readonly digest: string | null;
}

/**
 * What a reader may see at a stage. What policy hides is not in it, in no field: pages and exports show views only.
 *
 * What keeps a program from compiling or being played is shown always: it is about the student's own files.
 *
 * @param grade - the facts behind the marks
 */
export function viewOf(marks: Marks, grade: Grade, course: Course, stage: Stage): View {
  const levels = marks.labs.map(({ lab }) => levelOf(lab, course, stage));
  const labs = marks.labs.map((lab, i) => labView(lab, levels[i] ?? "nothing", course, stage));
  const total = labs.every(({ points }) => points !== undefined);
  return {
    student: marks.student,
    submission: marks.submission,
    ...(marks.submittedAt !== undefined && { submittedAt: marks.submittedAt }),
    stage,
    final: marks.final,
    ...(total && { points: marks.points }),
    maxPoints: marks.maxPoints,
    labs,
    problems: grade.problems,
    remarks: grade.remarks ?? [],
    typeErrors: grade.typeErrors,
    provenance: provenanceOf(
      marks,
      grade,
      levels.every((level) => level === "full"),
    ),
    ...(total && marks.chosen !== undefined && { chosen: marks.chosen }),
  };
}

/** How much of a lab's scenes is shown. */
export function levelOf(lab: number, course: Course, stage: Stage): Feedback {
  if (stage === "staff") return "full";
  return policyOf(course, lab).feedback?.[stage] ?? course.feedback[stage];
}

function labView(lab: LabMarks, level: Feedback, course: Course, stage: Stage): LabView {
  const { lab: number, title, points, maxPoints, late, cap, scenes } = lab;
  const listed = level !== "count" && level !== "nothing";
  const shown = listed || course.feedback.totals || stage === "staff";
  return {
    lab: number,
    title,
    ...(shown && { points }),
    maxPoints,
    // Late days are drawn only where they save points, so that these could be told from them.
    ...(shown && late !== undefined && { late }),
    ...(cap !== undefined && { cap }),
    scenes: listed
      ? scenes.map((scene) => sceneView(scene, level, stage === "staff" ? undefined : number))
      : [],
    hidden: listed ? 0 : scenes.length,
    ...(level !== "nothing" && { passed: scenes.filter(({ verdict }) => verdict === "accepted").length }),
  };
}

/** @param lab - for whom plays the scene in a folder of their own: their command names no other's */
function sceneView(scene: SceneMarks, level: "full" | "rule" | "verdict", lab?: number): SceneView {
  const { name, points, maxPoints, verdict, failed, seeds, challenge, firstFailure } = scene;
  const view = { name, points, maxPoints, verdict, seeds, challenge };
  if (level === "verdict") return view;
  const ruled = { ...view, failed, ...(firstFailure !== undefined && { rule: firstFailure.rule }) };
  if (level === "rule" || firstFailure === undefined) return ruled;
  const { message, virtualMs, server, seed } = firstFailure;
  const replay =
    lab === undefined ? firstFailure.replay : replayCommand({ lab, scene: name, seed, hidden: true });
  return { ...ruled, message, virtualMs, ...(server !== undefined && { server }), seed, replay };
}

/** Seeds derive from the base, so it is shown only with them. */
function provenanceOf({ digest }: Marks, grade: Grade, seedsShown: boolean): Provenance {
  const { course, node, isolation, border, seedCommitment, seedBase } = grade;
  return {
    course,
    node,
    isolation,
    border,
    ...(seedCommitment !== undefined && { seedCommitment }),
    ...(seedsShown && seedBase !== null && { seedBase }),
    digest,
  };
}
