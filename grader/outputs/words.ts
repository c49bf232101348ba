import type { LabView, SceneView, View } from "../policy/view";
import { number, oneLine, plain } from "./plain";

/** The title of a lab, as all outputs say it. */
export function labTitle({ lab, title }: Pick<LabView, "lab" | "title">): string {
  return `Lab ${lab}: ${oneLine(title)}`;
}

/** Points out of points, as far as they are shown. */
export function pointsOf({ points, maxPoints }: { points?: number; maxPoints: number }): string {
  return points === undefined ? `of ${number(maxPoints)}` : `${number(points)} of ${number(maxPoints)}`;
}

/** What a reader may know of a scene, in lines of plain text. */
export function sceneText(scene: SceneView): string {
  const { verdict, failed, seeds, rule, message, virtualMs, server, seed, replay } = scene;
  if (verdict === "accepted") return "accepted";
  const seen = failed === undefined ? "" : ` under ${failed} of ${seeds} seeds`;
  const where = [
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(virtualMs === undefined ? [] : [`at ${virtualMs.toFixed(3)} ms`]),
    ...(server === undefined ? [] : [`server ${server}`]),
  ].join(", ");
  return [
    verdict === undefined ? "" : `${verdict}${seen}`,
    rule === undefined ? "" : `Rule: ${oneLine(rule)}`,
    message === undefined ? "" : plain(message),
    where,
    replay === undefined ? "" : `To see it again: ${oneLine(replay, 500)}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** What there is to say about a lab besides its scenes. */
export function labRemarks(lab: LabView): string[] {
  const { late, cap, hidden, passed, scenes } = lab;
  const all = scenes.length + hidden;
  return [
    ...(late === undefined ? [] : [plain(late.sentence)]),
    ...(cap === undefined ? [] : [plain(cap.sentence)]),
    ...(hidden === 0 ? [] : [hiddenLine(hidden, all, passed)]),
  ];
}

function hiddenLine(hidden: number, all: number, passed: number | undefined): string {
  const which = `${hidden} of ${all} scenes ${hidden === 1 ? "is" : "are"} not listed`;
  return passed === undefined ? `${which}.` : `${which}; ${passed} of all passed.`;
}

/** What holds for a whole submission, a paragraph each. */
export function overview(view: View): string[] {
  return [
    ...(view.final ? [] : [NOT_FINAL]),
    ...view.labs.flatMap((lab) => {
      const remarks = labRemarks(lab);
      return [`${labTitle(lab)}: ${pointsOf(lab)} points.${remarks.map((line) => ` ${line}`).join("")}`];
    }),
    ...(view.chosen ?? []).map(
      ({ lab, submission, sentence }) =>
        `${lab === undefined ? "What counts" : `Lab ${lab}`}: ${oneLine(submission)}, ${plain(sentence)}.`,
    ),
    ...listed("What keeps scenes from being played", view.problems),
    ...listed("Type errors, which cost no points", view.typeErrors),
    ...listed("What does not count", view.remarks),
  ];
}

/** Said wherever marks are not final. */
export const NOT_FINAL =
  "These marks are not final: the grader itself failed in some runs, through no fault of the program, or not all scenes were played.";

const MOST_LISTED = 50;

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LISTED;
  return [
    [
      `${title}:`,
      ...lines.slice(0, MOST_LISTED).map((line) => `  ${plain(line, 1000)}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join("\n"),
  ];
}

/** Which program was graded, under which circumstances; for whoever wants to check it. */
export function provenanceFields({ provenance }: View): Record<string, string | number> {
  const { course, node, isolation, border, seedCommitment, seedBase, digest } = provenance;
  return {
    course: course.name,
    version: course.version,
    node,
    isolation,
    border,
    ...(digest !== null && { digest }),
    ...(seedCommitment !== undefined && { seedCommitment }),
    ...(seedBase !== undefined && { seedBase }),
  };
}
