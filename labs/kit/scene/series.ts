import { createHash } from "node:crypto";
import { sumUsed, type Outcome } from "./outcome";

/**
 * One outcome for several runs under one seed, which were played until one failed: what they cost together, and how the last one ended.
 *
 * @param where - what the failure of that run is introduced by; empty: by nothing
 * @throws Error if there was no run
 */
export function sumOutcomes(outcomes: readonly Outcome[], where: string): Outcome {
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error("a scene has at least one run");
  const hash = createHash("sha256");
  for (const outcome of outcomes) hash.update(outcome.hash);
  const { failure } = last;
  return {
    ...last,
    hash: hash.digest("hex").slice(0, 16),
    inputs: outcomes.reduce((sum, { inputs }) => sum + inputs, 0),
    virtualMs: outcomes.reduce((sum, { virtualMs }) => sum + virtualMs, 0),
    used: sumUsed(outcomes.flatMap(({ used }) => (used === undefined ? [] : [used]))),
    rules: [...new Set(outcomes.flatMap(({ rules = [] }) => rules))],
    ...(failure === undefined ? {} : { failure: { ...failure, message: where + failure.message } }),
  };
}
