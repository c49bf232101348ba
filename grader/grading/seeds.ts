import { seedsOf } from "../../labs/runner/seeds";
import type { SceneInfo } from "../../labs/runner/suite";
import { Secret } from "./secret";

/** Under so many seeds a scene is graded unless somebody asks for another number: all labs then take about a minute of a processor. */
export const GRADING_SEEDS = 10;

/**
 * The seeds under which a scene is graded: the first of all those that there are, fewer if it takes long, but at least one.
 *
 * @param source - the base, a uint32, or the secret from which all seeds derive
 * @param seeds - how many others have
 */
export function seedsOfScene(
  source: number | Secret,
  { lab, name, share = 1 }: Pick<SceneInfo, "lab" | "name" | "share">,
  seeds: number,
): number[] {
  const count = Math.max(1, Math.round(seeds * share));
  if (source instanceof Secret) return Array.from({ length: count }, (_, i) => source.seed(lab, name, i));
  return seedsOf(source, lab, name, seeds).slice(0, count);
}
