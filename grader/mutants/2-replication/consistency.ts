import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts" } as const;

const CHECK = "    if (covered === 0 && this.log.termAt(prevLogIndex) !== request.prevLogTerm) {\n";
const MERGE = "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();\n";
const SUCCESS = "    return { term: this.currentTerm, success: true };\n";

const MATCHES = "Reply false if the log has no entry at prevLogIndex whose term matches prevLogTerm";
const RECEIVER = "Figure 2, AppendEntries receiver 2; §5.3";
const DUPLICATES = "A call that was answered already changes nothing and is answered as before";

/** The check before anything is appended, and what is answered. */
export const CONSISTENCY: readonly Mutant[] = [
  {
    ...RAFT,
    name: "prev-term-unchecked",
    bug: 24,
    edits: [
      { find: CHECK, replace: "    if (covered === 0 && this.log.termAt(prevLogIndex) === undefined) {\n" },
    ],
    title: "asks only whether there is an entry at prevLogIndex, not of which term",
    symptom: "logs differ below an entry that all share, and servers apply different commands",
    rule: MATCHES,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "heartbeat-unchecked",
    bug: 21,
    edits: [
      {
        find: CHECK,
        replace:
          "    const differs = this.log.termAt(prevLogIndex) !== request.prevLogTerm;\n" +
          "    if (request.entries.length > 0 && covered === 0 && differs) {\n",
      },
    ],
    title: "answers every heartbeat with success",
    symptom: "a leader takes followers for replicas that are not, and commits what only it has",
    rule: MATCHES,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "reads-beyond-its-log",
    bug: 23,
    edits: [
      {
        find: CHECK,
        replace:
          "    const prev = this.log.at(prevLogIndex) as { term: number };\n" +
          "    if (covered === 0 && prevLogIndex > this.log.baseIndex && prev.term !== request.prevLogTerm) {\n",
      },
    ],
    title: "reads the entry at prevLogIndex without asking whether it is there",
    symptom: "a server that was away crashes as soon as it is back",
    rule: MATCHES,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "closes-the-gap",
    edits: [
      {
        find: CHECK,
        replace:
          "    const known = this.log.termAt(prevLogIndex);\n" +
          "    if (covered === 0 && known !== undefined && known !== request.prevLogTerm) {\n",
      },
      {
        find: MERGE,
        replace:
          "    const last = Math.min(prevLogIndex, this.log.lastIndex);\n" +
          "    if (this.log.merge(last, request.entries.slice(covered))) this.persist();\n",
      },
    ],
    title: "appends entries to its log although those before them are missing",
    symptom: "entries stand at other indices than at their leader, and servers apply different commands",
    rule: MATCHES,
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "commits-before-it-checks",
    edits: [
      {
        find: CHECK,
        replace: `    this.commitUpTo(Math.min(request.leaderCommit, this.log.lastIndex));\n${CHECK}`,
      },
    ],
    title: "takes over the leader's commit index before it has compared the logs",
    symptom: "entries of a deposed leader are applied by the server that has them",
    rule: "What is not known to match the leader's log is not committed",
    section: "Figure 2, AppendEntries receiver 2 and 5",
  },
  {
    ...RAFT,
    name: "prev-term-of-the-last-entry",
    edits: [
      {
        find: "prevLogTerm: this.log.termAt(prevLogIndex) ?? 0,",
        replace: "prevLogTerm: this.log.lastTerm,",
      },
    ],
    title: "sends the term of its last entry as prevLogTerm",
    symptom: "a follower that lacks entries of two terms never gets them",
    rule: "prevLogTerm is the term of the entry at prevLogIndex",
    section: "Figure 2, AppendEntries arguments",
  },
  {
    ...RAFT,
    name: "success-only-for-news",
    edits: [
      {
        find: MERGE,
        replace:
          "    const news = this.log.merge(prevLogIndex, request.entries.slice(covered));\n" +
          "    if (news) this.persist();\n",
      },
      { find: SUCCESS, replace: "    return { term: this.currentTerm, success: news };\n" },
    ],
    title: "answers with success only if it has learnt something new",
    symptom: "leader and followers exchange heartbeats as fast as the network carries them",
    rule: "A heartbeat succeeds if the log matches",
    section: RECEIVER,
  },
  {
    ...RAFT,
    name: "duplicate-is-refused",
    edits: [
      {
        find: MERGE,
        replace:
          "    const news = this.log.merge(prevLogIndex, request.entries.slice(covered));\n" +
          "    if (news) this.persist();\n" +
          "    const known = !news && request.entries.length > 0;\n" +
          "    if (known) return { term: this.currentTerm, success: false };\n",
      },
    ],
    title: "refuses entries that it has already",
    symptom: "when one answer was lost, the leader never learns that the entries are there",
    rule: DUPLICATES,
    section: "§5.3; §5.5",
  },
  {
    ...RAFT,
    name: "refuses-before-it-follows",
    edits: [
      {
        find: "    this.follow(request);\n    // What a snapshot covers",
        replace: "    // What a snapshot covers",
      },
      { find: MERGE, replace: `    this.follow(request);\n${MERGE}` },
    ],
    title: "compares logs first, and adopts the term only if they match",
    symptom: "a candidate with a gap in its log goes on against a leader that is elected",
    rule: "If a request contains a higher term: adopt it, convert to follower, whatever comes of the request",
    section: "§5.1; Figure 2, all servers",
  },
  {
    ...RAFT,
    name: "refusal-echoes-the-term",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace: "    if (request.term < this.currentTerm) return { term: request.term, success: false };\n",
      },
    ],
    title: "refuses a leader of the past without telling it the present term",
    symptom: "a deposed leader takes the refusal for a gap, and goes on",
    rule: "An answer carries currentTerm, for the leader to update itself",
    section: "Figure 2, AppendEntries results",
  },
];
