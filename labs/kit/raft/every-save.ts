import { registerScene, sumOutcomes } from "../scene";
import type { RaftCluster } from "./cluster";
import { needsOf, playRaft, type RaftSetup } from "./scene";

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
  registerScene(name, setup, needsOf(setup), (subject, seed, options) => {
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
    const last = outcomes.length - 1;
    return sumOutcomes(outcomes, last === 0 ? "" : `with a crash ${setup.when} save ${last} of the run: `);
  });
}
