import { createHash } from "node:crypto";
import { UsageError } from "../kit/program/errors";

/** Where the seeds come from when nobody asks for others: every student and every grader starts here. */
export const DEFAULT_BASE = 1;

/** More runs of one scene than this are surely a slip of the finger. */
const MAX_COUNT = 1_000_000;

/**
 * The seeds under which a scene is played: seed i is a hash of base, lab, name of the scene and i, so that
 * adding a scene or a seed changes no other. A single seed is the base itself, so that `--seed S --seeds 1`
 * replays exactly S, in every command.
 *
 * @param base - a uint32
 * @param count - how many, at least 1
 */
export function seedsOf(base: number, lab: number, scene: string, count: number): number[] {
  if (count === 1) return [base];
  return Array.from({ length: count }, (_, i) => hash(base, lab, scene, i));
}

function hash(base: number, lab: number, scene: string, i: number): number {
  return createHash("sha256")
    .update(JSON.stringify([base, lab, scene, i]))
    .digest()
    .readUInt32BE(0);
}

/**
 * The seed in `text`, a decimal uint32.
 *
 * @throws {@link UsageError} that says what a seed looks like
 */
export function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed <= 0xffff_ffff)) {
    throw new UsageError(`--seed ${text}: a seed is a whole number from 0 to 4294967295, in decimal`);
  }
  return seed;
}

/**
 * How many seeds a scene is to be played under.
 *
 * @throws {@link UsageError} if it is not a whole number from 1 to 1,000,000
 */
export function parseCount(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= MAX_COUNT)) {
    throw new UsageError(
      `--seeds ${text}: say how many seeds a scene, a whole number from 1 to ${MAX_COUNT}`,
    );
  }
  return count;
}
