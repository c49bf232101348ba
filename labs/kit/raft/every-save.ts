import { createHash } from "node:crypto";
import { sumUsed, type Outcome } from "../scene";
import type { RaftCluster } from "./cluster";
import { playRaft, registerRaft, type RaftSetup } from "./scene";

/** How long a server that crashed at a save stays down, in virtual ms. */
const RESTART_AFTER = 150;

/** A scene that is played once for each save in it. */
export interface EverySaveSetup extends RaftSetup {
  /** Crash just before the save, or just after it: before what follows it. */
  readonly when: "before" | "after";
}

/**
 * Declares a scene that is played once without a crash, and then once for each save of that run: whoever is about to do the
 * k-th save crashes there, and comes back a little later. All runs of one seed are equal up to the crash.
 *
 * @param story - it must cope with a crash anywhere, as `commit` does
 */
export function everySave(name: string, setup: EverySaveSetup, story: (c: RaftCluster) => void): void {
  registerRaft(name, setup, (subject, seed, options) => {
    const cast = { subject, seed, options };
    let saves = 0;
    const counted = playRaft(name, setup, cast, (c) => {
      story(c);
      saves = c.writes;
    });
    const outcomes = [counted];
    for (let nth = 1; nth <= saves && outcomes.at(-1)?.verdict === "accepted"; nth++) {
      const point = { effect: "save", nth, when: setup.when, restartAfter: RESTART_AFTER } as const;
      outcomes.push(playRaft(name, setup, cast, story, (world) => world.crashAt(point)));
    }
    return sumOf(outcomes, setup.when);
  });
}

/** One outcome for all runs: the last one's, since the first that fails is the last. */
function sumOf(outcomes: readonly Outcome[], when: string): Outcome {
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error("a scene has at least one run");
  const hash = createHash("sha256");
  for (const outcome of outcomes) hash.update(outcome.hash);
  const { failure } = last;
  const nth = outcomes.length - 1;
  const where = nth === 0 ? "" : `with a crash ${when} save ${nth} of the run: `;
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
