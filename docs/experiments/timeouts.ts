import type { Subject } from "../../labs/kit/subject";
import { type Dice, withDice } from "./dice";
import { ExperimentError, mustKeepRules } from "./experiment";
import { playRaft } from "./raft-world";

/** A range of election timeouts in ms. */
export type Range = readonly [min: number, max: number];

/** How a range is written in a table. */
export function show([min, max]: Range): string {
  return `${min}-${max}`;
}

/** When a timeout is drawn: at the start of each election, or once in the life of a server. */
export type Draw = "anew" | "once";

/**
 * The same program with election timeouts from another range. Its text is not touched: a timeout is taken to be
 * `a + b * ctx.random()`, two looks at the program tell a and b, and the dice are loaded accordingly.
 */
export function withTimeouts(subject: Subject, [min, max]: Range, draw: Draw = "anew"): Subject {
  const low = timeoutFor(subject, 0);
  const slope = 2 * (timeoutFor(subject, 0.5) - low);
  if (slope === 0) throw new ExperimentError("the election timeouts do not depend on ctx.random()");
  const inRange = (share: number): number => (min + share * (max - min) - low) / slope;
  return withDice(subject, (): Dice => {
    let first: number | undefined;
    if (draw === "once") return (fair) => inRange((first ??= fair()));
    return (fair) => inRange(fair());
  });
}

/** The election timeout of a server that always draws the same number, in ms. */
function timeoutFor(subject: Subject, drawn: number): number {
  let timeout: number | undefined;
  const program = withDice(subject, () => () => drawn);
  const outcome = playRaft({ subject: program, seed: 1, servers: 3 }, (raft) => {
    raft.world.boot(0);
    raft.watch(10_000);
    timeout = raft.campaigns(0)[0]?.after;
  });
  mustKeepRules(outcome);
  if (timeout === undefined) throw new ExperimentError("a server that is alone does not campaign");
  return timeout;
}
