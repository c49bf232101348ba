import type { Consistency } from "../program";
import { sumOutcomes, type Outcome } from "../scene";
import type { QuorumCluster } from "./cluster";
import type { QuorumResult } from "./messages";
import type { Quorum } from "./monitors/answers";
import { playQuorum, registerQuorum, type QuorumSetup } from "./scene";

/** A scene that is played once for each (N, W, R). */
export interface EachSetup {
  /** All the N that are tried. */
  readonly sizes: readonly number[];
  readonly promise: Consistency;
  readonly points: number;
  readonly coordinators?: number;
  readonly share?: number;
}

/** How many replicas an operation needs, by what its configuration promises (handout). */
export interface Needs {
  readonly write: number;
  readonly read: number;
}

/** Short, so that whoever reaches too few gives up soon. */
const TIMEOUT = 500;

/** Declares a scene that is played once for each (N, W, R), from W = R = 1 to W = R = N. */
export function eachConfiguration(
  name: string,
  { sizes, promise, points, coordinators = 2, share }: EachSetup,
  story: (c: QuorumCluster, needs: Needs) => void,
): void {
  const graded = { lab: 6, points, ...(share === undefined ? {} : { share }) } as const;
  registerQuorum(name, graded, (subject, seed, options) => {
    const outcomes: Outcome[] = [];
    let last = "";
    for (const { servers, W, R } of configurations(sizes)) {
      last = `N=${servers} W=${W} R=${R}, ${promise}: `;
      const setup: QuorumSetup = { lab: 6, servers, W, R, promise, coordinators, timeout: TIMEOUT };
      const once = { scene: name, subject, seed, options };
      outcomes.push(playQuorum(setup, once, (c) => story(c, needsOf(c.quorum))));
      if (outcomes.at(-1)?.verdict !== "accepted") break;
    }
    return sumOutcomes(outcomes, last);
  });
}

/** True if an operation has brought an answer, and not “failed” or “unknown”. */
export function hasAnswer(result: QuorumResult): boolean {
  return typeof result !== "string";
}

function needsOf({ W, R, promise }: Quorum): Needs {
  const both = Math.max(W, R);
  return { write: promise === "eventual" ? W : both, read: promise === "atomic" ? both : R };
}

function configurations(sizes: readonly number[]): { servers: number; W: number; R: number }[] {
  return sizes.flatMap((servers) => {
    const upToN = Array.from({ length: servers }, (_, i) => i + 1);
    return upToN.flatMap((W) => upToN.map((R) => ({ servers, W, R })));
  });
}
