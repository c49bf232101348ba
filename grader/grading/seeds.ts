import { seedsOf } from "../../labs/runner/seeds";
import type { SceneInfo } from "../../labs/runner/suite";

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
