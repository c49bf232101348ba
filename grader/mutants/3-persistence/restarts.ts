import type { Mutant } from "../mutant";

const RAFT = { lab: 3, file: "raft/raft.ts", section: "Figure 2, state" } as const;

const BOOT_LOG = "    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);\n";
const BOOT_TERM = "      this.currentTerm = saved.currentTerm;\n";
const SAVE = "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n";
const COUNT = "    if (this.log.termAt(index) === this.currentTerm) this.commitUpTo(index);\n";

const GOES_ON = "A restarted server goes on with the log of its disk";
const VOLATILE = "commitIndex and lastApplied are volatile: 0 after a restart";
const OWN_TERM = "Only entries of the leader's current term are committed by counting replicas";

/** What a server makes of its disk after a crash, and of the entries of former leaders. */
export const RESTARTS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "stores-nothing-for-its-leader",
    edits: [
      {
        find: "    // What a snapshot covers is committed, so it matches.\n",
        replace: "    if (request.entries.length > 0) return { term: this.currentTerm, success: false };\n",
      },
    ],
    title: "a follower refuses whatever its leader sends",
    symptom: "nothing is ever committed",
    rule: "Append any new entries not already in the log",
    section: "Figure 2, AppendEntries receiver 4",
    everyScene: true,
  },
  {
    ...RAFT,
    name: "restores-no-log",
    bug: 48,
    edits: [{ find: BOOT_LOG, replace: "    this.log = new Log([], saved?.snapshot ?? null);\n" }],
    title: "saves its log and does not look at it after a restart",
    symptom: "a restarted server votes for leaders that miss what it had confirmed",
    rule: GOES_ON,
  },
  {
    ...RAFT,
    name: "restores-all-but-the-last-entry",
    bug: 48,
    edits: [
      {
        find: BOOT_LOG,
        replace: "    this.log = new Log((saved?.log ?? []).slice(0, -1), saved?.snapshot ?? null);\n",
      },
    ],
    title: "leaves the last entry out when it reads its disk",
    symptom: "an entry that was confirmed before the crash is missing after it",
    rule: GOES_ON,
  },
  {
    ...RAFT,
    name: "restart-signs-its-entries",
    edits: [
      {
        find: BOOT_LOG,
        replace:
          "    const term = saved?.currentTerm ?? 0;\n" +
          "    const log = (saved?.log ?? []).map(({ command }) => ({ term, command }));\n" +
          "    this.log = new Log(log, saved?.snapshot ?? null);\n",
      },
    ],
    title: "gives the entries of its disk the term of its disk",
    symptom: "a server with an old log is elected after a restart",
    rule: "An entry keeps the term in which a leader received it",
  },
  {
    ...RAFT,
    name: "disk-counts-as-committed",
    edits: [{ find: BOOT_TERM, replace: `${BOOT_TERM}      this.commitUpTo(this.log.lastIndex);\n` }],
    title: "applies all that it finds on its disk when it starts",
    symptom: "an entry that was never committed is executed by the server that had it",
    rule: VOLATILE,
  },
  {
    ...RAFT,
    name: "applied-index-outlives-the-service",
    edits: [
      {
        find: SAVE,
        replace: SAVE.replace(" });", ", extra: this.lastApplied });"),
      },
      {
        find: BOOT_TERM,
        replace: `${BOOT_TERM}      this.lastApplied = Number(saved.extra ?? 0);\n`,
      },
    ],
    title: "saves lastApplied and goes on from there after a restart",
    symptom: "the service, which starts empty, misses all that it knew before the crash",
    rule: VOLATILE,
  },
  {
    ...RAFT,
    name: "own-term-at-the-end-commits-the-rest",
    bug: 27,
    edits: [
      { find: COUNT, replace: "    if (this.log.lastTerm === this.currentTerm) this.commitUpTo(index);\n" },
    ],
    title: "commits older entries by counting as soon as its log ends with one of its own term",
    symptom: "an entry that clients were told of is overwritten by a leader that never had it",
    rule: OWN_TERM,
    section: "§5.4.2, Figure 8",
  },
];
