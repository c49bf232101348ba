import type { SceneGrade } from "../schema/grade";
import { type Course, policyOf } from "./course";
import type { SceneMarks } from "./marks";
import { roundPoints } from "./rounding";

/** The scenes of a lab with their points, and the sums of these before they were rounded. */
export interface MarkedScenes {
  readonly points: number;
  /** Without a challenge that is a bonus. */
  readonly maxPoints: number;
  readonly scenes: SceneMarks[];
}

interface Worth {
  readonly scene: SceneGrade;
  /** Points, not rounded. */
  readonly worth: number;
  readonly earned: number;
}

/**
 * What the scenes of a lab earn before lateness and caps. A run that the grader itself could not decide has not passed;
 * marks that rest on one are not final.
 */
export function markScenes(lab: number, scenes: readonly SceneGrade[], course: Course): MarkedScenes {
  const scale = scaleOf(lab, scenes, course);
  const worths = scenes.map((scene): Worth => {
    const worth = scale(scene);
    return { scene, worth, earned: worth * shareOf(lab, scene, course) };
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
  const basis = worths.filter(({ scene }) => countsToMaximum(scene, course));
  return {
    points: roundPoints(sum(worths.map(({ earned }) => earned)), course),
    maxPoints: roundPoints(sum(basis.map(({ worth }) => worth)), course),
    scenes: worths.map((each) => markScene(each, course)),
  };
}

/** Names of scenes in the policy of a lab that these facts do not know: misspelt, or of another version. */
export function unknownScenes(
  lab: number,
  scenes: readonly Pick<SceneGrade, "name">[],
  course: Course,
): string[] {
  const known = new Set(scenes.map(({ name }) => name));
  return Object.keys(policyOf(course, lab).scenes ?? {}).filter((name) => !known.has(name));
}

function markScene({ scene, worth, earned }: Worth, course: Course): SceneMarks {
  const { name, verdict, seeds, failed, challenge, firstFailure } = scene;
  return {
    name,
    points: roundPoints(earned, course),
    maxPoints: roundPoints(worth, course),
    verdict,
    seeds,
    failed,
    challenge,
    ...(firstFailure !== undefined && { firstFailure }),
  };
}

/** What each scene is worth, when those that make up the maximum are scaled to the points of the lab. */
function scaleOf(lab: number, scenes: readonly SceneGrade[], course: Course): (scene: SceneGrade) => number {
  const policy = policyOf(course, lab);
  const own = (scene: SceneGrade): number => {
    if (scene.challenge && course.challenge === "none") return 0;
    return ruleOf(policy.scenes, scene.name)?.points ?? scene.maxPoints;
  };
  const { points } = policy;
  if (points === undefined) return own;
  const basis = scenes
    .filter((scene) => countsToMaximum(scene, course))
    .reduce((sum, scene) => sum + own(scene), 0);
  return (scene) => (basis === 0 ? 0 : (own(scene) * points) / basis);
}

function countsToMaximum({ challenge }: SceneGrade, course: Course): boolean {
  return !challenge || course.challenge === "counts";
}

function shareOf(lab: number, { name, seeds, failed }: SceneGrade, course: Course): number {
  const policy = policyOf(course, lab);
  const needed = ruleOf(policy.scenes, name)?.seedsNeeded ?? policy.seedsNeeded ?? course.seedsNeeded;
  if (needed === "all") return failed === 0 ? 1 : 0;
  return (seeds - failed) / seeds;
}

function ruleOf<T>(rules: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return rules !== undefined && Object.hasOwn(rules, name) ? rules[name] : undefined;
}
