import type { LogEntry, RaftState } from "../../labs/kit/raft";
import { playCluster } from "./cluster-world";
import type { Experiment } from "./experiment";
import { table } from "./table";

const LENGTHS = [10, 100, 1000, 10_000];

const SERVERS = 3;

/** The program saves everything, each time: what is really copied? */
export const copies: Experiment = {
  name: "copies",
  question: "Each save holds the whole log: how much of it is copied anew?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = LENGTHS.map((length) => {
      const row = [`${length}`];
      const log = Array.from({ length }, (_, i): LogEntry => ({ term: 1, command: `${i}` }));
      const disk: RaftState = { currentTerm: 1, votedFor: null, log, snapshot: null };
      const setup = { subject, seed, servers: SERVERS, snapshotEvery: length };
      const before = {
        before: (world: { preload(id: number, state: unknown): void }) => {
          for (let id = 0; id < SERVERS; id++) world.preload(id, disk);
        },
      };
      playCluster({ ...setup, ...before }, ({ c, world }) => {
        const leader = c.leader();
        const saved = (): RaftState => world.saved(leader) as RaftState;
        const old = new Set(saved().log);
        const taken = c.propose(leader, "one more");
        const now = saved();
        row.push(`${now.log.length}`, `${now.log.filter((entry) => !old.has(entry)).length}`);
        c.until("a commit", () => c.lastApplied(leader) >= (taken?.index ?? 0));
        const entries = new Set(now.log);
        const later = saved();
        row.push(`${later.snapshot === null ? "" : later.log.length}`);
        row.push(`${later.log.filter((entry) => !entries.has(entry)).length}`, `${now.log.length}`);
      });
      return row;
    });
    const head = [
      "log before",
      "after one command",
      "entries copied",
      "after a snapshot",
      "entries copied",
      "still in the old save",
    ];
    return `The disk of a leader; a command is appended, then a snapshot is taken\n\n${table(head, rows, [])}`;
  },
};
