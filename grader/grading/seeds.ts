import { seedsOf } from "../../labs/runner/seeds";
import type { SceneInfo } from "../../labs/runner/suite";

/** Under so many seeds a scene is graded unless somebody asks for another number: all labs then take about a minute of a processor. */
export const GRADING_SEEDS = 10;

/**
 * The seeds under which a scene is graded: the first of all those that there are, fewer if it takes long, but at least one.
 *
 * @param seeds - how many others have
 */
export function seedsOfScene(
  base: number,
  { lab, name, share = 1 }: Pick<SceneInfo, "lab" | "name" | "share">,
  seeds: number,
): number[] {
  return seedsOf(base, lab, name, seeds).slice(0, Math.max(1, Math.round(seeds * share)));
}
