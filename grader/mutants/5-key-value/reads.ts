import type { Mutant } from "../mutant";

const READS = { lab: 5, file: "kv/server.ts", section: "thesis, §6.4" } as const;

const WRITELESS = "A read that is not in the log needs the leader's word on how far it must see";
const NOOP =
  "A leader commits an entry at the start of its term, to learn what is committed (thesis, §6.4, step 1)";
const WAITS = "A read is answered once its index has been applied (thesis, §6.4, step 4)";
const SESSION = "A client's reads never go back, and see its own writes (ZooKeeper, §2.3)";

/** Reads that are answered with what is not true any more. */
export const READ_BUGS: readonly Mutant[] = [
  {
    ...READS,
    name: "anybody-reads",
    bug: 58,
    edits: [
      {
        find: '        if (!this.raft.status().isLeader) return this.notLeader();\n        return this.askIndex({ call, key }, read === "lease");\n',
        replace: "        return this.when(0, { call, key });\n",
      },
    ],
    title: "answers from its own state, whoever it is",
    symptom: "a read returns a value that was overwritten long ago",
    rule: WRITELESS,
  },
  {
    ...READS,
    name: "leader-reads-alone",
    bug: 73,
    edits: [
      {
        find: '        return this.askIndex({ call, key }, read === "lease");\n',
        replace: "        return this.when(this.lastApplied, { call, key });\n",
      },
    ],
    title: "answers from its own state as long as it believes that it leads",
    symptom: "a deposed leader in a minority answers with old values",
    rule: WRITELESS,
  },
  {
    ...READS,
    name: "follower-reads-alone",
    bug: 72,
    edits: [
      {
        find: "        return this.askIndex({ call, key }, true);\n",
        replace: "        return this.when(this.lastApplied, { call, key });\n",
      },
    ],
    title: "answers reads at followers without asking the leader",
    symptom: "a follower that lags behind answers with old values",
    rule: WRITELESS,
  },
  {
    ...READS,
    name: "does-not-wait-to-apply",
    bug: 72,
    edits: [
      { find: "    else this.when(index, read);\n", replace: "    else this.when(0 * index, read);\n" },
    ],
    title: "answers as soon as it knows the index, applied or not",
    symptom: "a follower knows how far it must see, and answers before it does",
    rule: WAITS,
  },
  {
    ...READS,
    name: "waits-for-one-less",
    bug: 72,
    edits: [
      { find: "    else this.when(index, read);\n", replace: "    else this.when(index - 1, read);\n" },
    ],
    title: "waits for the entry before the index",
    symptom: "a read misses the very last write",
    rule: WAITS,
  },
  {
    ...READS,
    name: "no-noop",
    bug: 66,
    edits: [
      {
        find: '    if (isLeader) this.raft.propose({ kind: "noop" } satisfies Command);\n    else for',
        replace: "    if (!isLeader) for",
      },
    ],
    title: "proposes nothing at the start of a term",
    symptom: "after an election reads wait until somebody writes",
    rule: NOOP,
  },
  {
    ...READS,
    name: "log-read-when-proposed",
    edits: [
      {
        find: '        return this.propose({ kind: "read", key }, call);\n',
        replace:
          '        if (this.raft.propose({ kind: "read", key } satisfies Command) === undefined) return this.notLeader();\n' +
          "        return this.when(0, { call, key });\n",
      },
    ],
    title: "answers a log read before its entry is committed",
    symptom: "a deposed leader answers with old values",
    rule: "A log read is answered when its entry is executed (§8)",
  },
  {
    ...READS,
    name: "session-read-at-once",
    challenge: true,
    edits: [
      {
        find: "        return this.when(atLeast, { call, key });\n",
        replace: "        return this.when(0 * atLeast, { call, key });\n",
      },
    ],
    title: "answers a read of mode session at once, however little it has applied",
    symptom: "a client that changes servers sees an older state than before",
    rule: SESSION,
  },
  {
    ...READS,
    name: "sync-at-once",
    challenge: true,
    edits: [
      {
        find: "    return this.askIndex({ call }, true);\n",
        replace: "    return this.when(0, { call });\n",
      },
    ],
    title: "answers a sync without asking the leader",
    symptom: "a client reads old values right after its sync",
    rule: "After a sync, reads are fresh (ZooKeeper, §2.3)",
  },
];
