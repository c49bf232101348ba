/**
 * Kills batches at random moments, again and again, lets them go on, and compares what comes out with an undisturbed one:
 * `npm run chaos -- 50 1 sandbox` plays 50 rounds from seed 1 with sandboxed programs of Lab 1, `miniature` instead with a course in
 * miniature and no sandbox, which is quicker. Linux only.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { Argument, Command, CommanderError } from "commander";
import { UsageError } from "../../labs/kit/program/errors";
import { parseSeed } from "../../labs/runner/seeds";
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

const command = new Command("chaos")
  .usage("[rounds] [seed] [kind]")
  .description(
    "Kills batches at random moments, lets them go on, and compares what comes out with an undisturbed one.",
  )
  .argument("[rounds]", "how often", countOf, 50)
  .argument("[seed]", "of the first round; each next one has the next", parseSeed, 1)
  .addArgument(new Argument("[kind]", "what is graded").choices(CHAOS_KINDS).default("miniature"))
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride();

try {
  command.parse();
  const [rounds, seed, kind] = command.processedArgs as [number, number, ChaosKind];
  void main(rounds, seed, kind);
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UsageError(`“${text}”: say how many rounds, a whole number from 1`);
}
