import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts" } as const;
const LOG = { lab: 2, file: "raft/log.ts" } as const;
const FOLLOWERS = { lab: 2, file: "raft/followers.ts" } as const;

const START = "    const start = index - this.baseIndex - 1;\n";
const HELD = "this.followerHolds(from, request.prevLogIndex + request.entries.length);";

/** Off by one. */
export const INDICES: readonly Mutant[] = [
  {
    ...LOG,
    name: "skips-an-entry",
    edits: [{ find: START, replace: "    const start = index - this.baseIndex;\n" }],
    title: "sends the entries from the one after nextIndex",
    symptom: "followers hold every entry one place too early",
    rule: "Send AppendEntries with log entries starting at nextIndex",
    section: "Figure 2, leaders",
  },
  {
    ...LOG,
    name: "sends-an-entry-too-early",
    edits: [{ find: START, replace: "    const start = Math.max(0, index - this.baseIndex - 2);\n" }],
    title: "sends the entries from the one before nextIndex",
    symptom: "followers hold entries twice",
    rule: "Send AppendEntries with log entries starting at nextIndex",
    section: "Figure 2, leaders",
  },
  {
    ...RAFT,
    name: "claims-a-longer-log",
    edits: [
      {
        find: "      lastLogIndex: this.log.lastIndex,\n",
        replace: "      lastLogIndex: this.log.lastIndex + 1,\n",
      },
    ],
    title: "tells the length of its log plus one when it campaigns",
    symptom: "a server that missed the last committed entry is elected, and it is overwritten",
    rule: "lastLogIndex is the index of the candidate's last log entry",
    section: "Figure 2, RequestVote arguments",
  },
  {
    ...LOG,
    name: "forgives-one-missing-entry",
    edits: [
      {
        find: "    return candidate.lastLogIndex >= this.lastIndex;\n",
        replace: "    return candidate.lastLogIndex >= this.lastIndex - 1;\n",
      },
    ],
    title: "votes for a log that lacks its own last entry",
    symptom: "a server that missed the last committed entry is elected, and it is overwritten",
    rule: "A vote goes only to a log that is at least as up-to-date as the voter's",
    section: "§5.4.1",
  },
  {
    ...FOLLOWERS,
    name: "begins-one-too-far",
    edits: [{ find: "nextIndex: lastLogIndex + 1,", replace: "nextIndex: lastLogIndex + 2," }],
    title: "begins with the entry after the next one",
    symptom: "a new leader asks for an entry that nobody has, itself included",
    rule: "nextIndex is initialised to the leader's last log index + 1",
    section: "Figure 2, state",
  },
  {
    ...RAFT,
    name: "counts-one-too-many",
    edits: [
      {
        find: HELD,
        replace: "this.followerHolds(from, request.prevLogIndex + request.entries.length + 1);",
      },
    ],
    title: "counts one entry more than a follower has confirmed",
    symptom: "an entry is committed that only the leader has",
    rule: "matchIndex is the highest entry known to be replicated",
    section: "Figure 2, leaders",
  },
  {
    ...RAFT,
    name: "counts-one-too-few",
    edits: [
      {
        find: HELD,
        replace: "this.followerHolds(from, request.prevLogIndex + request.entries.length - 1);",
      },
    ],
    title: "counts one entry less than a follower has confirmed",
    symptom: "the last command of every client hangs, and is sent again and again",
    rule: "matchIndex is the highest entry known to be replicated",
    section: "Figure 2, leaders",
  },
  {
    ...RAFT,
    name: "commits-one-unchecked-entry",
    edits: [
      {
        find: "    const lastNewIndex = request.prevLogIndex + request.entries.length;\n",
        replace: "    const lastNewIndex = request.prevLogIndex + request.entries.length + 1;\n",
      },
    ],
    title: "takes the entry behind the last new one for checked",
    symptom: "an entry of a deposed leader is applied by the server that has it",
    rule: "A follower commits up to min(leaderCommit, index of last new entry)",
    section: "Figure 2, AppendEntries receiver 5",
  },
];
