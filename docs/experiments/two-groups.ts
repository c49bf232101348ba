import type { Subject } from "../../labs/kit/subject";
import { percent, seedsUpTo, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";

const GROUPS = [
  [0, 1],
  [2, 3, 4],
] as const;

/** “The one with the most votes becomes leader”: then each side of a partition has one. */
export const twoGroups: Experiment = {
  name: "two-groups",
  question: "Five servers in two groups that cannot talk: who leads, and in which term?",
  seeds: 100,
  run: ({ subject, seeds }) => {
    const runs = seedsUpTo(seeds).map((seed) => play(subject, seed));
    const count = (holds: (run: readonly number[][]) => boolean): string =>
      percent(runs.filter(holds).length, seeds);
    const row = [
      count(([small = []]) => small.length > 0),
      count(([, large = []]) => large.length > 0),
      count(([small = [], large = []]) => small.some((term) => large.includes(term))),
    ];
    return (
      `Servers 0 and 1 cannot talk to 2, 3 and 4, for ten virtual s; ${seeds} seeds\n\n` +
      table(["a leader among the two", "among the three", "both, in the same term"], [row], [])
    );
  },
};

/** The terms that were led, by group, as the servers themselves have it. */
function play(subject: Subject, seed: number): number[][] {
  const led: number[][] = GROUPS.map(() => []);
  const setup = { subject, seed, servers: 5, unwatched: true };
  playRaft(setup, (raft) => {
    for (const a of GROUPS[0]) {
      for (const b of GROUPS[1]) {
        raft.world.cut(a, b);
        raft.world.cut(b, a);
      }
    }
    raft.bootAll();
    for (let second = 0; second < 10; second++) {
      raft.watch(1000);
      GROUPS.forEach((group, i) => {
        for (const { isLeader, term } of group.map((id) => raft.status(id))) if (isLeader) led[i]?.push(term);
      });
    }
  });
  return led;
}
