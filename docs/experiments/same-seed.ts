import type { Subject } from "../../labs/kit/subject";
import { mustKeepRules, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";

/** Same seed, same run: the trace hash covers every input and effect, to the microsecond. */
export const sameSeed: Experiment = {
  name: "same-seed",
  question: "Is a run decided by its seed alone?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = [seed, seed, seed + 1].map((each) => [`${each}`, ...play(subject, each)]);
    return (
      "A leader is elected, crashes, and is replaced\n\n" +
      table(["seed", "first leader", "at ms", "second leader", "at ms", "inputs", "trace hash"], rows)
    );
  },
};

function play(subject: Subject, seed: number): string[] {
  const cells: string[] = [];
  const outcome = playRaft({ subject, seed, servers: 5 }, (raft) => {
    raft.bootAll();
    for (const crash of [true, false]) {
      const leader = raft.leader(raft.highestTerm());
      cells.push(`${leader?.server}`, raft.world.now.toFixed(3));
      raft.watch(500);
      if (crash && leader !== undefined) raft.world.crash(leader.server);
    }
  });
  mustKeepRules(outcome);
  return [...cells, `${outcome.inputs}`, outcome.hash];
}
