/** How a run of one scene under one seed can end. `judge-error` is ours, never the student's. */
export const VERDICTS = [
  "accepted",
  "wrong",
  "stalled",
  "too-many-messages",
  "too-many-bytes",
  "too-many-writes",
  "run-error",
  "time-limit",
  "memory-limit",
  "output-limit",
  "does-not-compile",
  "not-gradable",
  "judge-error",
] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** Why a run failed: one sentence, and what it takes to see it again. */
export interface Failure {
  /** The rule that was broken, with its source: `Election Safety (§5.2, Figure 3)`. */
  readonly rule: string;
  /** What was expected, what was seen, by whom and when. */
  readonly message: string;
  /** Virtual time in ms. */
  readonly virtualMs: number;
  readonly server?: number;
  /** The last events before it, in aligned columns. */
  readonly events: readonly string[];
}

/** What a stretch of virtual time has cost a cluster. */
export interface Used {
  /** Requests that reached a server (MIT's count of RPCs). */
  readonly calls: number;
  /** Of requests when sent and replies when delivered. */
  readonly bytes: number;
  /** Saves, on all disks together. */
  readonly writes: number;
}

/** All of these together. */
export function sumUsed(parts: readonly Used[]): Used {
  const sum = (of: (part: Used) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    calls: sum(({ calls }) => calls),
    bytes: sum(({ bytes }) => bytes),
    writes: sum(({ writes }) => writes),
  };
}

/** One line of the table of what was claimed and what was measured. */
export interface Measurement {
  /** What it is about, e.g. `ReadIndex read`. */
  readonly what: string;
  /** The claim, e.g. `1 RTT, 0 writes`. */
  readonly claimed: string;
  /** What was seen, in the same words. */
  readonly measured: string;
  /** What it cost besides and nobody has claimed, e.g. `4 calls, 0 writes`. */
  readonly inAll?: string | undefined;
  readonly met: boolean;
}

/** One measurement of each thing: the first that is not what was claimed, or else the first. */
export function measuredIn(parts: readonly Pick<Outcome, "measured">[]): Measurement[] {
  const lines = new Map<string, Measurement>();
  for (const line of parts.flatMap(({ measured = [] }) => measured)) {
    const known = lines.get(line.what);
    if (known === undefined || (known.met && !line.met)) lines.set(line.what, line);
  }
  return [...lines.values()];
}

/** One run of one scene under one seed. */
export interface Outcome {
  readonly scene: string;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly failure?: Failure;
  /** The hash of the whole trace, 16 hex digits. */
  readonly hash: string;
  /** Inputs that were handled. */
  readonly inputs: number;
  /** Virtual time that passed, in ms. */
  readonly virtualMs: number;
  /** What it cost the simulated cluster. */
  readonly used?: Used;
  /** What clients asked and were told, as lines that `check-history` reads; only if it was asked for, and there are clients. */
  readonly history?: string;
  /** What the run measured against a claim, e.g. the cost of a read. */
  readonly measured?: readonly Measurement[];
  /** The rules of the paper that the run exercised, by their ids; absent where nobody looks for them. */
  readonly rules?: readonly string[];
}
