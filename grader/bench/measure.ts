import process from "node:process";

/** What something cost. */
export interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** What `body` costs this process; garbage that it leaves may be paid for by others. */
export function costOf(body: () => void): Cost {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  body();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall };
}

/**
 * The least processor time of each variant over some rounds. Variants take turns, so that a machine that is busy with
 * other things, or grows warm, treats all alike: their ratios hold where times do not.
 *
 * @param variants - each prepares a run, and gives what is to be timed
 * @returns ms by variant
 */
export function least<Name extends string>(
  variants: Readonly<Record<Name, () => () => void>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(variants) as Name[];
  const best = new Map(names.map((name) => [name, Infinity]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const run = variants[name]();
      best.set(name, Math.min(best.get(name) ?? Infinity, costOf(run).cpuMs));
    }
  }
  return Object.fromEntries(best) as Record<Name, number>;
}

/** The one in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
