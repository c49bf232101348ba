import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts", section: "§5.4.1" } as const;
const LOG = { lab: 2, file: "raft/log.ts", section: "§5.4.1" } as const;

const UP_TO_DATE = "A vote goes only to a log that is at least as up-to-date as the voter's";
const OWN_LOG = "A candidate tells index and term of its last log entry";

const BY_TERM =
  "    if (candidate.lastLogTerm !== this.lastTerm) return candidate.lastLogTerm > this.lastTerm;\n";
const BY_LENGTH = "    return candidate.lastLogIndex >= this.lastIndex;\n";
const CANDIDACY = "      lastLogIndex: this.log.lastIndex,\n      lastLogTerm: this.log.lastTerm,\n";

/** Votes that look at the logs wrongly. */
export const LOG_VOTES: readonly Mutant[] = [
  {
    ...RAFT,
    name: "votes-for-any-log",
    bug: 17,
    edits: [{ find: "    return this.log.isCoveredBy(request);\n", replace: "    return true;\n" }],
    title: "votes without a look at the candidate's log",
    symptom: "a server that missed committed entries is elected, and they are overwritten",
    rule: UP_TO_DATE,
  },
  {
    ...LOG,
    name: "longer-log-wins",
    bug: 16,
    edits: [{ find: BY_TERM, replace: "" }],
    title: "compares the lengths of the logs only",
    symptom: "a server with many entries that nobody else has is elected, and committed ones are overwritten",
    rule: UP_TO_DATE,
  },
  {
    ...LOG,
    name: "last-term-decides-alone",
    bug: 18,
    edits: [{ find: BY_LENGTH, replace: "    return true;\n" }],
    title: "compares the last terms only",
    symptom: "a server that missed the latest entries of a term is elected, and they are overwritten",
    rule: UP_TO_DATE,
  },
  {
    ...LOG,
    name: "compares-terms-the-wrong-way",
    bug: 19,
    edits: [
      {
        find: "return candidate.lastLogTerm > this.lastTerm;",
        replace: "return candidate.lastLogTerm < this.lastTerm;",
      },
    ],
    title: "prefers the log with the earlier last term",
    symptom: "a server of the past is elected, and committed entries are overwritten",
    rule: UP_TO_DATE,
  },
  {
    ...LOG,
    name: "refuses-a-shorter-log-of-a-later-term",
    edits: [{ find: BY_TERM, replace: "    if (candidate.lastLogTerm < this.lastTerm) return false;\n" }],
    title: "wants a log that is both as late and as long as its own",
    symptom: "a long log that was never committed keeps the only possible leader from being elected",
    rule: "With different last terms the later one wins, whatever the lengths",
  },
  {
    ...RAFT,
    name: "voter-looks-at-its-commit-index",
    edits: [
      {
        find: "    return this.log.isCoveredBy(request);\n",
        replace:
          "    const committedTerm = this.log.termAt(this.commitIndex) ?? 0;\n" +
          "    return request.lastLogTerm >= committedTerm && request.lastLogIndex >= this.commitIndex;\n",
      },
    ],
    title: "votes for any log that has what it knows to be committed",
    symptom: "an entry that is committed, though not every voter knows it yet, is overwritten",
    rule: UP_TO_DATE,
  },
  {
    ...RAFT,
    name: "candidacy-without-its-log",
    bug: 20,
    edits: [{ find: CANDIDACY, replace: "      lastLogIndex: 0,\n      lastLogTerm: 0,\n" }],
    title: "campaigns with an empty log, whatever it has",
    symptom: "once there are entries, nobody is elected any more",
    rule: OWN_LOG,
    section: "Figure 2, RequestVote arguments",
  },
  {
    ...RAFT,
    name: "candidacy-with-committed-entries",
    edits: [
      {
        find: CANDIDACY,
        replace:
          "      lastLogIndex: this.commitIndex,\n" +
          "      lastLogTerm: this.log.termAt(this.commitIndex) ?? 0,\n",
      },
    ],
    title: "campaigns with the last entry that it knows to be committed",
    symptom: "if a leader crashes before it has told all that it committed, nobody is elected any more",
    rule: OWN_LOG,
    section: "Figure 2, RequestVote arguments",
  },
];
