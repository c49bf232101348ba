import type { Subject } from "../../labs/kit/subject";
import { mean, percent, seedsUpTo, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";

const SERVERS = 5;

/** How long we look at what the loser does, in virtual ms. */
const AFTER = 10_000;

/** “A candidate that hears a leader of its own term steps down, too”: or else it goes on campaigning. */
export const closeRace: Experiment = {
  name: "close-race",
  question: "Two candidates in one term, one wins: what does the loser do in the next ten seconds?",
  seeds: 200,
  run: ({ subject, seeds }) => {
    const runs = seedsUpTo(seeds).flatMap((seed) => race(subject, seed) ?? []);
    const peaceful = runs.filter((further) => further === 0).length;
    const row = [
      `${runs.length} of ${seeds}`,
      `${peaceful} (${percent(peaceful, runs.length)})`,
      mean(runs).toFixed(2),
      `${Math.max(...runs)}`,
    ];
    return (
      `Two of ${SERVERS} servers campaign in the same term, and one of them wins; then ${AFTER / 1000} virtual s without a fault\n\n` +
      table(["races with a winner", "no further term", "further terms, mean", "most"], [row])
    );
  },
};

/** Further terms after the race; undefined if nobody won it. */
function race(subject: Subject, seed: number): number | undefined {
  let further: number | undefined;
  playRaft({ subject, seed, servers: SERVERS, unwatched: true }, (raft) => {
    const { world } = raft;
    world.hold({ method: "requestVote" });
    raft.bootAll();
    world.runUntil(5000, () => new Set(world.heldMessages.map(({ from }) => from)).size === 2);
    world.release();
    raft.watch(50); // so much that the winner has been heard, and nobody's patience is at an end
    const winner = world.servers.map((id) => raft.status(id)).find(({ isLeader }) => isLeader);
    if (winner === undefined) return;
    raft.watch(AFTER);
    further = raft.highestTerm() - winner.term;
  });
  return further;
}
