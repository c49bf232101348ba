import type { SceneView, View } from "../policy/view";
import { oneLine } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labTitle, overview, provenanceFields, sceneText } from "./words";

type Visibility = "visible" | "hidden" | "after_due_date";

interface Test {
  readonly name: string;
  readonly number: string;
  readonly score?: number;
  readonly max_score?: number;
  readonly status?: "passed" | "failed";
  readonly output: string;
  readonly tags: readonly string[];
  readonly visibility: Visibility;
}

/** What Gradescope reads from `/autograder/results/results.json`. */
export interface GradescopeResults {
  /** Of the whole submission; counts instead of the sum of the tests. */
  readonly score: number;
  /** In seconds. */
  readonly execution_time?: number;
  readonly output: string;
  readonly output_format: "text";
  readonly test_output_format: "text";
  readonly test_name_format: "text";
  readonly visibility: "visible";
  /** Standard output of the container is for staff: it may tell of hidden scenes. */
  readonly stdout_visibility: "hidden";
  readonly extra_data: Readonly<Record<string, unknown>>;
  readonly tests: readonly Test[];
}

/** One submission, as three readers see it. */
export interface Readers {
  /** The student, now. */
  readonly now: View;
  /** The student, after the deadline. */
  readonly later: View;
  readonly staff: View;
}

const TOTAL_NOTE =
  "Some results are not shown yet. As long as one is hidden, Gradescope hides the total as well; that says nothing about it.";

/**
 * One test a scene. What the student may see now is visible, what the student may see later is visible after the due date, and the
 * rest is for staff. All texts are marked as plain text, so that nothing of the submission is ever read as Markdown or HTML.
 *
 * @param wallMs - how long the grading took, in ms
 */
export function gradescopeResults(readers: Readers, wallMs?: number): GradescopeResults {
  const { now, later, staff } = readers;
  const scenes = staff.labs.flatMap(({ lab, title, scenes: all }) =>
    all.map((scene, i) => testOf(`${lab}.${i + 1}`, labTitle({ lab, title }), pick(readers, lab, scene))),
  );
  const isAllVisible = scenes.every(({ visibility }) => visibility === "visible");
  // A total that policy hides stays hidden only next to a hidden test.
  const tests = now.points === undefined && isAllVisible ? [...scenes, hiddenTotal(later)] : scenes;
  const isSomeHidden = tests.length > scenes.length || !isAllVisible;
  return {
    score: staff.points ?? 0,
    ...(wallMs !== undefined && { execution_time: Math.round(wallMs / 100) / 10 }),
    output: [...overview(now), ...(isSomeHidden ? [TOTAL_NOTE] : [])].join("\n\n"),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    extra_data: { ...provenanceFields(now), final: now.final },
    tests,
  };
}

interface Picked {
  readonly scene: SceneView;
  readonly visibility: Visibility;
}

/** The scene as the first reader sees it who may see it at all. */
function pick({ now, later }: Readers, lab: number, scene: SceneView): Picked {
  const seenNow = find(now, lab, scene.name);
  if (seenNow !== undefined) return { scene: seenNow, visibility: "visible" };
  const seenLater = find(later, lab, scene.name);
  if (seenLater !== undefined) return { scene: seenLater, visibility: "after_due_date" };
  return { scene, visibility: "hidden" };
}

function find({ labs }: View, lab: number, name: string): SceneView | undefined {
  return labs.find((each) => each.lab === lab)?.scenes.find((each) => each.name === name);
}

function testOf(number: string, title: string, { scene, visibility }: Picked): Test {
  const { name, verdict, points, maxPoints, challenge } = scene;
  const isOurs = verdict === "judge-error";
  return {
    name: `${title}: ${oneLine(name)}`,
    number,
    ...(points !== undefined && !isOurs && { score: points, max_score: maxPoints }),
    ...(verdict !== undefined && { status: ELSEWHERE[verdict].passed ? "passed" : "failed" }),
    output: sceneText(scene),
    tags: [...(verdict === undefined ? [] : [verdict]), ...(challenge ? ["challenge"] : [])],
    visibility,
  };
}

function hiddenTotal(later: View): Test {
  return {
    name: "Points",
    number: "0",
    output: "The points are not shown yet.",
    tags: [],
    visibility: later.points === undefined ? "hidden" : "after_due_date",
  };
}
