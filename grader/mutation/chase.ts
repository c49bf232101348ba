import type { Pool } from "../../labs/runner/pool";
import { hunt, type Prey, type Trophy } from "./hunt";
import type { Killers } from "./killers";
import { recall, type RecallOptions } from "./recall";
import { cheapFirst } from "./scenes";

/**
 * Tries the run that killed each mutant when somebody last looked, and hunts those that survive it, or of which
 * nothing is known, through all of their scenes, cheap ones first. What is remembered saves time and changes no verdict.
 *
 * @returns a trophy for each prey, in their order
 * @throws JudgeError if a mutant cannot be played at all, the reference itself fails, or a run ends in an error of
 *   our own
 */
export async function chase(
  pool: Pool,
  preys: readonly Prey[],
  killers: Killers,
  options: RecallOptions,
): Promise<Trophy[]> {
  const kills = await recall(pool, preys, killers, options);
  const rest = preys.filter(({ mutant }) => !kills.has(mutant));
  const cheap = await cheapFirst(pool, [...new Set(rest.flatMap(({ scenes }) => scenes))], options);
  const sorted = rest.map((prey) => ({
    ...prey,
    scenes: cheap.filter((each) => prey.scenes.includes(each)),
  }));
  const hunted = await hunt(pool, sorted, options);
  const trophies = new Map(hunted.map((trophy) => [trophy.mutant, trophy]));
  return preys.map(({ mutant }) => {
    return trophies.get(mutant) ?? { mutant, kill: kills.get(mutant), spared: [] };
  });
}
