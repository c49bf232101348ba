/**
 * Kills batches at random moments, again and again, lets them go on, and compares what comes out with an undisturbed one:
 * `npm run chaos -- 50 1 sandbox` plays 50 rounds from seed 1 with sandboxed programs of Lab 1, `miniature` instead with a course in
 * miniature and no sandbox, which is quicker. Linux only.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { CHAOS_KINDS, type ChaosKind, chaosRound, prepareChaos } from "./chaos-round";

async function main(rounds: number, seed: number, kind: ChaosKind): Promise<void> {
  const setting = await prepareChaos(kind);
  const killed = new Map<string, number>();
  let faults = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      const { kills, starts, faults: found } = await chaosRound(setting, seed + round);
      for (const kill of kills) killed.set(kill, (killed.get(kill) ?? 0) + 1);
      faults += found.length;
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      const result = found.length === 0 ? "same marks" : found.join("; ");
      process.stdout.write(
        `round ${round + 1}, seed ${seed + round}: killed ${kills.join(", ") || "nothing"}; ${starts} starts, ${seconds} s: ${result}\n`,
      );
    }
  } finally {
    rmSync(setting.folder, { recursive: true, force: true });
  }
  const all = [...killed].map(([kind, times]) => `${kind} ${times} times`).join(", ");
  process.stdout.write(`${rounds} rounds, killed: ${all}; ${faults} faults\n`);
  process.exitCode = faults === 0 ? 0 : 1;
}

const [rounds = "50", seed = "1", wanted = "miniature"] = process.argv.slice(2);
const kind = CHAOS_KINDS.find((each) => each === wanted);
if (kind === undefined) {
  process.stderr.write(`“${wanted}”: say ${CHAOS_KINDS.join(" or ")}\n`);
  process.exitCode = 2;
} else void main(Number(rounds), Number(seed), kind);
