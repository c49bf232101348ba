import type { Step } from "./script";
import type { Trial } from "./scripts";

/** Worlds in which a shorter script is tried besides its own: with fewer messages, others are early or late. */
const SEEDS = [0, 1, 2, 3] as const;

/**
 * Leaves out of a counterexample what it does not need: steps, and limits of operations. fast-check has done most of it, one choice after
 * the other; what it does not see is that two steps belong together, or that a default would do.
 *
 * @param fails - whether a trial is still a counterexample
 */
export function simplify(trial: Trial, fails: (trial: Trial) => boolean): Trial {
  let best = trial;
  for (;;) {
    const next = firstOf(simpler(best), fails);
    if (next === undefined) return best;
    best = next;
  }
}

function firstOf(trials: Iterable<Trial>, fails: (trial: Trial) => boolean): Trial | undefined {
  for (const trial of trials) if (fails(trial)) return trial;
  return undefined;
}

function* simpler({ seed, script }: Trial): Iterable<Trial> {
  const without = (...left: readonly number[]): Step[] => script.filter((_, i) => !left.includes(i));
  for (const one of [seed, ...SEEDS]) {
    for (let i = script.length - 1; i >= 0; i--) {
      yield { seed: one, script: without(i) };
      for (let j = i - 1; j >= 0; j--) yield { seed: one, script: without(i, j) };
    }
  }
  for (const [i, step] of script.entries()) {
    if (step.do !== "write" && step.do !== "read") continue;
    for (const field of ["then", "reach", "leave"] as const) {
      if (step[field] === undefined) continue;
      const { [field]: _, ...plain } = step;
      yield { seed, script: script.map((each, n) => (n === i ? plain : each)) };
    }
  }
}
