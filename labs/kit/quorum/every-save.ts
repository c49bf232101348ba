import { sumOutcomes } from "../scene";
import type { QuorumCluster } from "./cluster";
import { playQuorum, registerQuorum, type QuorumSetup } from "./scene";

/** How long a node that crashed at a save stays down, in virtual ms. */
const RESTART_AFTER = 150;

/** A scene that is played once for each save in it. */
export interface EverySaveSetup extends QuorumSetup {
  /** Crash just before the save, or just after it: before what follows it. */
  readonly when: "before" | "after";
}

/**
 * Declares a scene that is played once without a crash, and then once for each save of that run: whoever is about to do the k-th save
 * crashes there, replica or coordinator, and comes back a little later. All runs of one seed are equal up to the crash.
 *
 * @param story - it must cope with a crash anywhere
 */
export function everySave(name: string, setup: EverySaveSetup, story: (c: QuorumCluster) => void): void {
  const { when } = setup;
  registerQuorum(name, setup, (subject, seed, options) => {
    const once = { scene: name, subject, seed, options };
    let saves = 0;
    const counted = playQuorum(setup, once, (c) => {
      const before = c.saves;
      story(c);
      saves = c.saves - before;
    });
    const outcomes = [counted];
    for (let nth = 1; nth <= saves && outcomes.at(-1)?.verdict === "accepted"; nth++) {
      const crashing = (c: QuorumCluster): void => {
        c.crashAt({ effect: "save", nth, when, restartAfter: RESTART_AFTER });
        story(c);
      };
      outcomes.push(playQuorum(setup, once, crashing));
    }
    const last = outcomes.length - 1;
    return sumOutcomes(outcomes, last === 0 ? "" : `with a crash ${when} save ${last} of the run: `);
  });
}
