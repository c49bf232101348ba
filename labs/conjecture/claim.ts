import { z } from "zod";
import { UsageError } from "../kit/program/errors";
import { SCRIPT, type Step } from "./script";

/** What one can claim of a configuration. */
export const CLAIMS = [
  "linearizable",
  "sequential",
  "regular",
  "monotonic reads",
  "read your writes",
  "converges",
] as const;

/** One of {@link CLAIMS}. */
export type Claim = (typeof CLAIMS)[number];

/**
 * What may happen to operations besides each other.
 *
 * - `delays`: for the time being an operation reaches some replicas only, or its second phase does;
 * - `replica crashes`: replicas crash, and come back with their disks;
 * - `coordinator crashes`: so do coordinators, in the middle of an operation too;
 * - `partitions`: groups of replicas do not hear of each other in the background.
 */
export const FAULTS = ["delays", "replica crashes", "coordinator crashes", "partitions"] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

const whole = (from: number, to: number): z.ZodInt =>
  z
    .int(`must be a whole number from ${from} to ${to}`)
    .min(from, between(from, to))
    .max(to, between(from, to));

function between(from: number, to: number): string {
  return `must be a whole number from ${from} to ${to}`;
}

function oneOf(words: readonly string[]): string {
  return `must be one of: ${words.join(", ")}`;
}

const PROMISES = ["eventual", "regular", "atomic"] as const;

const CONJECTURE = z
  .strictObject({
    N: whole(1, 7),
    W: whole(1, 7),
    R: whole(1, 7),
    promise: z.enum(PROMISES, oneOf(PROMISES)),
    claim: z.enum(CLAIMS, oneOf(CLAIMS)),
    coordinators: whole(1, 5).default(3),
    keys: whole(1, 3).default(1),
    steps: whole(1, 12).default(8),
    faults: z.array(z.enum(FAULTS, oneOf(FAULTS)), "must be a list").default(["delays"]),
    repairEvery: whole(0, 60_000).default(0),
    script: SCRIPT.optional(),
    seed: whole(0, 0xffff_ffff).optional(),
  })
  .superRefine(({ N, W, R }, context) => {
    for (const [name, value] of Object.entries({ W, R })) {
      if (value > N)
        context.addIssue({ code: "custom", path: [name], message: `must be at most N, which is ${N}` });
    }
  });

/** A claim about a configuration, and how it is to be tried. */
export interface Conjecture {
  /** Replicas. */
  readonly N: number;
  /** How many replicas acknowledge a write. */
  readonly W: number;
  /** How many replicas answer a read. */
  readonly R: number;
  /** What coordinators are asked to promise: it decides about query phase and write-back. */
  readonly promise: "eventual" | "regular" | "atomic";
  readonly claim: Claim;
  readonly coordinators: number;
  readonly keys: number;
  /** At most so many things happen in one try. */
  readonly steps: number;
  readonly faults: readonly Fault[];
  /** Ms between two rounds of anti-entropy; 0: never. */
  readonly repairEvery: number;
  /** What is to happen, if it is not to be looked for. */
  readonly script?: readonly Step[] | undefined;
  /** Of the simulated world in which the script is played. */
  readonly seed?: number | undefined;
}

/**
 * Reads a conjecture.
 *
 * @param data - of a file or a command line
 * @param where - what it is called in complaints
 * @throws UsageError with a line for each field that is wrong
 */
export function parseConjecture(data: unknown, where: string): Conjecture {
  const found = CONJECTURE.safeParse(data, { error: complaint });
  if (found.success) return found.data;
  throw new UsageError(
    found.error.issues
      .map(({ path, message }) => `${where}: ${[...placeOf(path), message].join(" ")}`)
      .join("\n"),
  );
}

/** What the fields' own messages do not cover. */
function complaint(issue: {
  readonly code?: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
}): string | undefined {
  if (issue.code === "unrecognized_keys") {
    const known = "N, W, R, promise, claim, coordinators, keys, steps, faults, repairEvery, script, seed";
    return `has ${issue.keys?.join(", ") ?? ""}, which means nothing here; there are ${known}`;
  }
  return undefined;
}

/** `script[2].by` */
function placeOf(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return [];
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return [parts.join("").slice(1)];
}

/** A conjecture in one line, e.g. `N=3 W=2 R=2, regular: linearizable`. */
export function tellConjecture({ N, W, R, promise, claim }: Conjecture): string {
  const label = W + R > N || promise === "eventual" ? "" : ", which W + R <= N makes eventual";
  return `N=${N} W=${W} R=${R}, ${promise}${label}: ${claim}`;
}
