import type { LogEntry } from "../../labs/kit/raft";
import { playRaft } from "../../labs/kit/raft/scene";
import type { Subject } from "../../labs/kit/subject";
import { JudgeError } from "../../labs/runner/pool";
import { costOf } from "./measure";

/** Proposals that are timed. */
const COMMITS = 400;

/** Proposals before that, which warm the program up. */
const WARM_UP = 100;

/** What one commit takes, from the proposal until all servers have applied it; monitors, trace and hash on. */
export interface CommitCost {
  readonly servers: number;
  /** Entries that the logs held before, with no snapshot. */
  readonly entries: number;
  /** Processor time of one commit, all servers together, in µs. */
  readonly us: number;
  /** Events (messages and timers) of one commit. */
  readonly events: number;
}

/** More servers, with short logs; and longer logs, with three servers. */
export function measureCommits(subject: Subject): { byServers: CommitCost[]; byEntries: CommitCost[] } {
  commitCost(subject, 3, 0); // warms the monitors up
  return {
    byServers: [3, 5, 7, 9, 15].map((servers) => commitCost(subject, servers, 0)),
    byEntries: [100, 1000, 10_000, 100_000].map((entries) => commitCost(subject, 3, entries)),
  };
}

function commitCost(subject: Subject, servers: number, entries: number): CommitCost {
  const log = Array.from({ length: entries }, (_, i): LogEntry => ({ term: 1, command: `old ${i}` }));
  const state = { currentTerm: 1, votedFor: null, log, snapshot: null };
  let cost: CommitCost | undefined;
  const cast = { subject, seed: 1, options: { instances: "shared" } as const };
  const outcome = playRaft(
    "bench",
    { lab: 2, servers, limit: 1e6 },
    cast,
    (c) => {
      for (let i = 0; i < WARM_UP; i++) c.commit();
      const before = c.events;
      const { cpuMs } = costOf(() => {
        for (let i = 0; i < COMMITS; i++) c.commit();
      });
      const events = (c.events - before) / COMMITS;
      cost = { servers, entries, us: (cpuMs * 1000) / COMMITS, events };
    },
    (world) => {
      if (entries > 0) for (const id of world.servers) world.preload(id, state);
    },
  );
  if (cost !== undefined && outcome.verdict === "accepted") return cost;
  throw new JudgeError(`${servers} servers did not commit: ${outcome.failure?.message}`);
}
