import type { LabView, SceneView, View } from "../policy/view";
import { pointsAreHidden } from "./classroom50";
import { oneLine, plain } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labTitle, NOT_FINAL, overview, sceneText } from "./words";

/** PrairieLearn takes no results beyond 1 MB. */
const MOST_BYTES = 900_000;

interface Test {
  readonly name: string;
  readonly description: string;
  readonly points: number;
  readonly max_points: number;
  readonly message: string;
}

/** `results.json` of PrairieLearn. */
export type PrairieLearnResults =
  | {
      readonly gradable: true;
      /** From 0 to 1. */
      readonly score: number;
      readonly message: string;
      readonly tests: readonly Test[];
    }
  | { readonly gradable: false; readonly message: string; readonly format_errors: readonly string[] };

/**
 * The score, and one test a scene. If no scene at all could be played, it is not gradable, which costs no attempt; neither does it if
 * the grader itself failed. PrairieLearn takes messages for terminal output, which it turns into HTML; without escapes, which
 * {@link plain} takes out, they come through as the text they are.
 *
 * @param now - what the student may see now
 * @param staff - tells whether any scene could be played, even where verdicts are not shown
 * @throws UsageError if the points are hidden, for PrairieLearn shows them to the student
 */
export function prairieLearnResults(now: View, staff: View): PrairieLearnResults {
  const verdicts = staff.labs.flatMap(({ scenes }) => scenes.flatMap(({ verdict }) => verdict ?? []));
  const isUnreadable = verdicts.every((verdict) => !ELSEWHERE[verdict].gradable);
  if (!now.final) {
    return { gradable: false, message: NOT_FINAL, format_errors: [`${NOT_FINAL} Please hand in again.`] };
  }
  if (isUnreadable) {
    const errors = now.problems.slice(0, 50).map((line) => plain(line, 1000));
    return {
      gradable: false,
      message: overview(now).join("\n\n"),
      format_errors: errors.length > 0 ? errors : ["No scene can be played with this program."],
    };
  }
  if (now.points === undefined) throw pointsAreHidden("PrairieLearn");
  return within({
    gradable: true,
    score: now.maxPoints === 0 ? 0 : Math.min(1, now.points / now.maxPoints),
    message: overview(now).join("\n\n"),
    tests: now.labs.flatMap(testsOf),
  });
}

function testsOf(lab: LabView): Test[] {
  const tests = lab.scenes.map((scene) => testOf(lab, scene));
  if (lab.hidden === 0) return tests;
  const points = lab.points ?? 0;
  const rest = {
    name: `${labTitle(lab)}: scenes that are not listed`,
    description: `${lab.hidden} of them`,
    points: Math.max(0, points - tests.reduce((sum, test) => sum + test.points, 0)),
    max_points: Math.max(0, lab.maxPoints - tests.reduce((sum, test) => sum + test.max_points, 0)),
    message: "",
  };
  return [...tests, rest];
}

function testOf(lab: LabView, scene: SceneView): Test {
  const { name, points = 0, maxPoints, challenge } = scene;
  return {
    name: oneLine(name),
    description: `${labTitle(lab)}${challenge ? ", challenge" : ""}`,
    points,
    max_points: maxPoints,
    message: sceneText(scene),
  };
}

/** Leaves out messages, the last ones first, until it is small enough. */
function within(results: PrairieLearnResults & { readonly gradable: true }): PrairieLearnResults {
  let spare =
    MOST_BYTES - bytes({ ...results, tests: results.tests.map((test) => ({ ...test, message: "" })) });
  const tests = results.tests.map((test) => {
    spare -= bytes(test.message);
    return spare >= 0 ? test : { ...test, message: "" };
  });
  return { ...results, tests };
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}
