import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts" } as const;

const COMMIT =
  "    this.commitUpTo(Math.min(request.leaderCommit, lastNewIndex)); // what follows may still be wrong\n";
const MISSING = "      if (entry === undefined) return;\n";
const CHECKED = "A follower commits up to min(leaderCommit, index of last new entry)";
const RECEIVER = "Figure 2, AppendEntries receiver 5";
const ONLY_COMMITTED = "Only committed entries are applied";

/** How followers hear what is committed, and what is taken for it. */
export const COMMITS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "min-with-its-own-log",
    bug: 26,
    edits: [
      {
        find: COMMIT,
        replace: "    this.commitUpTo(Math.min(request.leaderCommit, this.log.lastIndex));\n",
      },
    ],
    title: "commits up to the end of its own log, checked or not",
    symptom: "entries of a deposed leader behind the last new one are applied by the server that has them",
    rule: CHECKED,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "commit-index-unbounded",
    bug: 26,
    edits: [{ find: COMMIT, replace: "    this.commitUpTo(request.leaderCommit);\n" }],
    title: "takes over leaderCommit whatever entries it has",
    symptom: "entries of a deposed leader are applied by the server that has them",
    rule: CHECKED,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "applies-past-the-log",
    bug: 26,
    edits: [
      { find: COMMIT, replace: "    this.commitUpTo(request.leaderCommit);\n" },
      {
        find:
          "      const entry = this.log.at(this.lastApplied + 1);\n" +
          `${MISSING}      this.lastApplied += 1;\n` +
          "      this.ctx.apply(this.lastApplied, entry.term, entry.command);\n",
        replace:
          "      this.lastApplied += 1;\n" +
          "      const entry = this.log.at(this.lastApplied) as { term: number; command: PlainData };\n" +
          "      this.ctx.apply(this.lastApplied, entry.term, entry.command);\n",
      },
    ],
    title: "takes over leaderCommit and applies entries that it does not have",
    symptom: "a server that was away crashes as soon as it is back",
    rule: CHECKED,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "applies-what-it-appends",
    edits: [{ find: COMMIT, replace: "    this.commitUpTo(lastNewIndex);\n" }],
    title: "a follower applies entries as soon as it has them",
    symptom: "entries that are overwritten later have been applied already",
    rule: ONLY_COMMITTED,
    section: "§5.3; Figure 3",
  },
  {
    ...RAFT,
    name: "applies-what-is-proposed",
    edits: [
      {
        find: '    this.ctx.setTimer("flush", 0); // what',
        replace: '    this.commitUpTo(this.log.lastIndex);\n    this.ctx.setTimer("flush", 0); // what',
      },
    ],
    title: "a leader applies commands as soon as it is given them",
    symptom: "clients of a leader that is cut off are told that their commands are safe",
    rule: ONLY_COMMITTED,
    section: "§5.3; Figure 3",
  },
  {
    ...RAFT,
    name: "only-the-leader-commits",
    edits: [{ find: COMMIT, replace: "    if (lastNewIndex < 0) this.commitUpTo(0);\n" }],
    title: "a follower never looks at leaderCommit",
    symptom: "only the leader applies anything",
    rule: "If leaderCommit > commitIndex, set commitIndex",
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "heartbeats-without-commit-index",
    edits: [
      {
        find: "      leaderCommit: this.commitIndex,\n",
        replace: "      leaderCommit: entries.length > 0 ? this.commitIndex : 0,\n",
      },
    ],
    title: "tells its commit index only together with entries",
    symptom: "the last command before a quiet hour is applied by followers when the hour is over",
    rule: "Every AppendEntries carries leaderCommit, a heartbeat as well",
    section: "Figure 2, AppendEntries arguments",
  },
  {
    ...RAFT,
    name: "heartbeats-commit-nothing",
    edits: [{ find: COMMIT, replace: `    if (request.entries.length > 0) {\n  ${COMMIT}    }\n` }],
    title: "looks at leaderCommit only if entries come with it",
    symptom: "the last command before a quiet hour is applied by followers when the hour is over",
    rule: "If leaderCommit > commitIndex, set commitIndex; a heartbeat is no exception",
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "leader-commit-is-its-log-end",
    edits: [
      {
        find: "      leaderCommit: this.commitIndex,\n",
        replace: "      leaderCommit: this.log.lastIndex,\n",
      },
    ],
    title: "sends the end of its log as leaderCommit",
    symptom: "followers apply what is not committed",
    rule: "leaderCommit is the leader's commitIndex",
    section: "Figure 2, AppendEntries arguments",
  },
  {
    ...RAFT,
    name: "commits-what-it-has-when-elected",
    edits: [
      {
        find: "    this.sendHeartbeats(); // at once",
        replace: "    this.commitUpTo(this.log.lastIndex);\n    this.sendHeartbeats(); // at once",
      },
    ],
    title: "a new leader takes all entries that it has for committed",
    symptom: "an entry that only the new leader had is applied, and lost with it",
    rule: "A leader cannot assume that an entry of an earlier term is committed",
    section: "§5.4.2",
  },
];
