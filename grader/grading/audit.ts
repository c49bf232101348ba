import { randomInt } from "node:crypto";
import type { Pool, RunOptions } from "../../labs/runner/pool";
import type { Played } from "../../labs/runner/protocol";
import type { Job, JobResult } from "../../labs/runner/run";
import type { Grade } from "../schema/grade";

/** How many runs of a submission are audited. */
export const AUDITED = 12;

/** What an audit has found, and the results as they are to be marked. */
export interface Audited {
  readonly results: readonly JobResult[];
  readonly audit: NonNullable<Grade["audit"]>;
}

interface Sample {
  readonly index: number;
  readonly seed: number;
}

/**
 * Plays some runs again, input by input, in sandboxes that hold neither scene nor seed: what a program did by transcript it must do
 * there, too. They are drawn after all transcripts are in, so that nobody can know them. Where one differs, the whole scene is played
 * so, and that counts.
 */
export async function auditRuns(
  pool: Pool,
  results: readonly JobResult[],
  { signal }: Pick<RunOptions, "signal"> = {},
  draw: (below: number) => number = (below) => randomInt(below),
): Promise<Audited> {
  const options = signal === undefined ? {} : { signal };
  const samples = drawSamples(results, draw);
  const again = await pool.run(
    samples.map(({ index, seed }) => strictJob(results, index, [seed])),
    options,
  );
  const suspicious = new Set(
    samples.flatMap(({ index, seed }, i) => {
      const before = results[index]?.played.find(({ outcome }) => outcome.seed === seed);
      return differs(before, again[i]?.played[0]) ? [index] : [];
    }),
  );
  const anew = await pool.run(
    [...suspicious].map((index) => strictJob(results, index, results[index]?.job.seeds ?? [])),
    options,
  );
  const replaced = new Map([...suspicious].map((index, i) => [index, anew[i]?.played ?? []]));
  return {
    results: results.map((result, index) => ({ ...result, played: replaced.get(index) ?? result.played })),
    audit: { runs: samples.length, differing: suspicious.size },
  };
}

function drawSamples(results: readonly JobResult[], draw: (below: number) => number): Sample[] {
  const runs = results.flatMap(({ played }, index) =>
    played.filter(isPlayed).map(({ outcome }): Sample => ({ index, seed: outcome.seed })),
  );
  const samples: Sample[] = [];
  while (samples.length < AUDITED && runs.length > 0) samples.push(...runs.splice(draw(runs.length), 1));
  return samples;
}

/** A run that the judge itself failed in, or that was never begun, has nothing to be compared with. */
function isPlayed({ outcome }: Played): boolean {
  return outcome.verdict !== "judge-error" && outcome.hash !== "";
}

function differs(before: Played | undefined, after: Played | undefined): boolean {
  if (after === undefined || after.outcome.verdict === "judge-error") return false; // says nothing
  return before?.outcome.hash !== after.outcome.hash || before.outcome.verdict !== after.outcome.verdict;
}

function strictJob(results: readonly JobResult[], index: number, seeds: readonly number[]): Job {
  const job = results[index]?.job;
  if (job === undefined) throw new Error("a sample of no job");
  return { ...job, seeds, prove: job.prove === true && seeds[0] === job.seeds[0], strict: true };
}
