import type { Subject } from "../../labs/kit/subject";
import { UNRELIABLE } from "../../labs/kit/sim";
import { mean, mustKeepRules, seedsUpTo, type Experiment } from "./experiment";
import { failover } from "./failover";
import { playRaft } from "./raft-world";
import { table } from "./table";
import { show, withTimeouts, type Range } from "./timeouts";

const SERVERS = 3;

const RANGES: readonly Range[] = [
  [120, 240],
  [150, 300],
  [200, 400],
  [300, 600],
  [400, 800],
  [600, 1200],
  [1000, 2000],
];

/** “More than two heartbeats”: what an impatient follower costs, and what a patient one. */
export const patience: Experiment = {
  name: "patience",
  question: "How long should an election timeout be, beside heartbeats every 100 ms?",
  seeds: 50,
  run: ({ subject, seeds }) => {
    const rows = RANGES.map((range) => {
      const program = withTimeouts(subject, range);
      const minutes = seedsUpTo(seeds).map((seed) => termsInAMinute(program, seed));
      const gaps = seedsUpTo(seeds).map((seed) => failover({ subject: program, seed, servers: SERVERS }).ms);
      return [
        show(range),
        mean(minutes).toFixed(1),
        `${Math.max(...minutes)}`,
        mean(gaps).toFixed(0),
        Math.max(...gaps).toFixed(0),
      ];
    });
    const head = ["timeouts, ms", "needless terms a minute", "most", "ms without a leader", "most"];
    return (
      `${SERVERS} servers, ${seeds} seeds a row. Needless terms: nobody fails, one message in ten is lost;\n` +
      `ms without a leader: it crashes, on a good network\n\n${table(head, rows)}`
    );
  },
};

function termsInAMinute(subject: Subject, seed: number): number {
  let terms = 0;
  const outcome = playRaft({ subject, seed, servers: SERVERS, quality: UNRELIABLE }, (raft) => {
    raft.bootAll();
    raft.leader(0, 20_000);
    const before = raft.highestTerm();
    raft.watch(60_000);
    terms = raft.highestTerm() - before;
  });
  mustKeepRules(outcome);
  return terms;
}
