import type { InstallSnapshotRequest, LogEntry, RaftState } from "../../labs/kit/raft";
import { ExperimentError, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";
import { Witness } from "./witness";

/** What server 0 has: terms of its entries, and up to where a snapshot of term 1 replaced those before them. */
interface Before {
  readonly terms: readonly number[];
  readonly base: number;
}

/** What it is sent: index and term of the last entry in the snapshot. */
type Last = readonly [index: number, term: number];

const CASES: readonly (readonly [string, Before, Last])[] = [
  ["its log ends before", { terms: [1, 1], base: 0 }, [4, 2]],
  ["it has that entry, and more", { terms: [1, 1, 2, 2, 2], base: 0 }, [3, 2]],
  ["it has another entry there", { terms: [1, 1, 1, 1, 1], base: 0 }, [3, 2]],
  ["its log ends there", { terms: [1, 1, 2], base: 0 }, [3, 2]],
  ["its own snapshot is newer", { terms: [2, 2], base: 4 }, [2, 1]],
  ["its own snapshot is the same", { terms: [2, 2], base: 4 }, [4, 1]],
];

/** What is left of a log when a snapshot arrives. */
export const install: Experiment = {
  name: "install",
  question: "A snapshot arrives: what remains of the log?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = CASES.map(([title, { terms, base }, [lastIncludedIndex, lastIncludedTerm]]) => {
      const row = [title, logText(base, terms), `${lastIncludedIndex}/${lastIncludedTerm}`];
      const log = terms.map((term, i): LogEntry => ({ term, command: `${base + i + 1}` }));
      const snapshot = base === 0 ? null : { lastIncludedIndex: base, lastIncludedTerm: 1, data: "its own" };
      const disk: RaftState = { currentTerm: 3, votedFor: null, log, snapshot };
      const witness = new Witness();
      const setup = { subject, seed, servers: 3, puppets: [1, 2], unwatched: true, observers: [witness] };
      const { failure } = playRaft(setup, (raft) => {
        raft.world.preload(0, disk);
        raft.bootAll();
        const given = witness.restored.length;
        const data = "the leader's";
        const request: InstallSnapshotRequest = {
          term: 3,
          leaderId: 1,
          lastIncludedIndex,
          lastIncludedTerm,
          data,
        };
        raft.puppet(1).ask(0, "installSnapshot", request);
        const after = raft.world.saved(0) as RaftState;
        const left = after.log.map(({ term }) => term);
        row.push(logText(after.snapshot?.lastIncludedIndex ?? 0, left));
        row.push(witness.restored.length > given ? "yes" : "no");
      });
      if (failure !== undefined) throw new ExperimentError(failure.message);
      return row;
    });
    const head = [
      "the server that gets it",
      "terms of its log",
      "snapshot up to",
      "terms afterwards",
      "restored",
    ];
    return (
      `“[4]” stands for a snapshot up to entry 4; the snapshot that arrives is named by index/term\n\n` +
      table(head, rows, [0, 1, 2, 3, 4])
    );
  },
};

function logText(base: number, terms: readonly number[]): string {
  return [...(base === 0 ? [] : [`[${base}]`]), ...terms].join(" ");
}
