import { UsageError } from "../../labs/kit/program/errors";
import { JudgeError } from "../../labs/runner/pool";
import type { LabView, SceneView, View } from "../policy/view";
import { oneLine, plain } from "./plain";
import { wholeNumbers } from "./share";
import { ELSEWHERE } from "./verdicts";
import { labTitle, NOT_FINAL, overview, provenanceFields, sceneText } from "./words";

/** What Classroom 50 tells a grader about the submission, from its environment. */
export interface Classroom50Submission {
  readonly classroom: string;
  readonly assignment: string;
  readonly assignmentType: "individual" | "group";
  readonly owner: string;
  /** The tag of the submission. */
  readonly tag: string;
  readonly commitUrl: string;
  readonly releaseUrl: string;
  readonly reviewUrl: string;
  /** When it was handed in: the committer's date, never that of the grading. ISO 8601. */
  readonly submittedAt: string;
  /** When it was graded. ISO 8601. */
  readonly gradedAt: string;
}

interface Test {
  readonly "test-name": string;
  readonly passed: boolean;
  readonly score: number;
  readonly "max-score": number;
  readonly verdict?: string;
  readonly output?: string;
}

/** `result.json` of Classroom 50. */
export interface Classroom50Result {
  readonly schema: "classroom50/result/v1";
  readonly classroom: string;
  readonly assignment: string;
  readonly assignment_type: "individual" | "group";
  readonly owner: string;
  readonly submission: string;
  readonly commit: string;
  readonly release: string;
  readonly review: string;
  readonly datetime: string;
  readonly graded_at: string;
  readonly score: number;
  readonly "max-score": number;
  readonly tests: readonly Test[];
  readonly notes: readonly string[];
  readonly provenance: Readonly<Record<string, string | number>>;
}

/** A line of the result before its points are whole numbers. */
interface Line {
  readonly name: string;
  readonly points: number;
  readonly maxPoints: number;
  readonly passed: boolean;
  readonly verdict?: string;
  readonly output?: string;
}

/**
 * One test a scene, and one for those of a lab that are not shown. Classroom 50 counts in whole points, so the sum is rounded, and its
 * parts are such that they add up to it; what lateness or a cap takes from a lab, it takes from each scene alike.
 *
 * @throws JudgeError if the marks are not final: then there is to be no result at all
 * @throws UsageError if the points are hidden, for Classroom 50 shows them to the student
 */
export function classroom50Result(view: View, submission: Classroom50Submission): Classroom50Result {
  if (!view.final) throw new JudgeError(NOT_FINAL);
  if (view.points === undefined) throw pointsAreHidden("Classroom 50");
  const lines = view.labs.flatMap(linesOf);
  const scores = wholeNumbers(lines.map(({ points }) => points));
  const most = wholeNumbers(lines.map(({ maxPoints }) => maxPoints));
  const tests = lines.map(({ name, passed, verdict, output }, i) => ({
    "test-name": name,
    passed,
    score: scores[i] ?? 0,
    "max-score": most[i] ?? 0,
    ...(verdict !== undefined && { verdict }),
    ...(output !== undefined && { output }),
  }));
  return {
    schema: "classroom50/result/v1",
    classroom: submission.classroom,
    assignment: submission.assignment,
    assignment_type: submission.assignmentType,
    owner: submission.owner,
    submission: submission.tag,
    commit: submission.commitUrl,
    release: submission.releaseUrl,
    review: submission.reviewUrl,
    datetime: submission.submittedAt,
    graded_at: submission.gradedAt,
    score: scores.reduce((sum, score) => sum + score, 0),
    "max-score": most.reduce((sum, score) => sum + score, 0),
    tests,
    notes: overview(view),
    provenance: provenanceFields(view),
  };
}

/** Said where a format shows points to the student that policy hides. */
export function pointsAreHidden(format: string): UsageError {
  return new UsageError(
    `${format} shows points to the student, and the course hides them at this stage; ` +
      "use --stage after, or change the feedback in the course file",
  );
}

function linesOf(lab: LabView): Line[] {
  const title = labTitle(lab);
  const raw = lab.scenes.map((scene) => scene.points ?? 0);
  const listed = sum(raw);
  const points = lab.points ?? 0;
  // What hidden scenes gave stands in a line of its own; what was taken from the lab is taken from those that are listed.
  const factor = listed > 0 && (lab.hidden === 0 || listed > points) ? points / listed : 1;
  const isBonus = sum(lab.scenes.map(({ maxPoints }) => maxPoints)) > lab.maxPoints;
  const lines = lab.scenes.map((scene, i) => lineOf(scene, title, (raw[i] ?? 0) * factor, isBonus));
  if (lab.hidden === 0) return lines;
  const rest = Math.max(0, points - listed * factor);
  const restMax = Math.max(0, lab.maxPoints - sum(lines.map(({ maxPoints }) => maxPoints)));
  const name = `${title}: ${lab.hidden} ${lab.hidden === 1 ? "scene that is" : "scenes that are"} not listed`;
  return [...lines, { name, points: rest, maxPoints: restMax, passed: rest >= restMax }];
}

function lineOf(scene: SceneView, title: string, points: number, isBonus: boolean): Line {
  const { name, verdict, challenge, maxPoints } = scene;
  return {
    name: `${title}: ${oneLine(name)}`,
    points,
    maxPoints: isBonus && challenge ? 0 : maxPoints,
    passed: verdict !== undefined && ELSEWHERE[verdict].passed,
    ...(verdict !== undefined && { verdict, output: plain(sceneText(scene)) }),
  };
}

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, 0);
}
