import type { Mutant } from "../mutant";

const RAFT = { lab: 4, file: "raft/raft.ts", section: "§7; Figure 2" } as const;

const ANSWERED =
  "  installSnapshotReply(from: ServerId, reply: InstallSnapshotReply, request: InstallSnapshotRequest): void {\n";
const FOLLOWS = "    this.follow(request);\n    const { lastIncludedIndex";
const MERGE = "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();\n";
const LEADS = '    this.role = "leader";\n';
const NEW_TERM = "      this.currentTerm = term;\n      this.votedFor = null;\n";
const COMPACT = "    this.log.compact(index, data);\n";
const COMMIT_UP_TO = "    this.commitIndex = Math.max(this.commitIndex, index);\n";
const FOLLOWER_COMMITS =
  "    this.commitUpTo(Math.min(request.leaderCommit, lastNewIndex)); // what follows may still be wrong\n";
const LAST_NEW = "    const lastNewIndex = request.prevLogIndex + request.entries.length;\n";

const NEVER_BACK = "commitIndex increases monotonically, and the state of a service never goes back";
const TAKEN_BACK = "a snapshot that was long on its way takes back what was applied since";

/** Terms that come with snapshots, and what is committed beside them. */
export const TERMS_AND_COMMITS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "snapshot-is-no-heartbeat",
    edits: [
      {
        find: FOLLOWS,
        replace: FOLLOWS.replace("follow(", "becomeFollower("),
      },
    ],
    title: "does not start its election timeout anew when a snapshot comes",
    symptom: "a follower whose answers get lost deposes the leader that brings it up to date",
    rule: "The leader of the own term was heard, whatever it sent: start the election timeout anew",
    section: "§7, §5.2; handout",
  },
  {
    ...RAFT,
    name: "term-of-a-snapshot-answer-is-not-saved",
    edits: [
      {
        find: ANSWERED,
        replace:
          `${ANSWERED}    if (reply.term > this.currentTerm) {\n` +
          "      this.becomeFollower(this.currentTerm);\n" +
          "      this.currentTerm = reply.term;\n      this.votedFor = null;\n      return;\n    }\n",
      },
    ],
    title: "enters the term that an answer to a snapshot tells of, and never saves it",
    symptom: "after a crash it obeys a leader of the past",
    rule: "currentTerm is persistent: saved before anything is promised in it",
    section: "Figure 2; §5.1",
  },
  {
    ...RAFT,
    name: "vote-outlives-the-term-at-a-snapshot-answer",
    edits: [
      {
        find: ANSWERED,
        replace:
          `${ANSWERED}    if (reply.term > this.currentTerm) {\n` +
          "      this.becomeFollower(this.currentTerm);\n" +
          "      this.currentTerm = reply.term;\n      return this.persist();\n    }\n",
      },
    ],
    title: "keeps its vote when the answer to a snapshot tells of a higher term",
    symptom: "it refuses every candidate of a term in which it has not voted",
    rule: "votedFor is the candidate that got the vote in the current term, or null if none",
    section: "Figure 2; §5.2",
  },
  {
    ...RAFT,
    name: "call-inside-the-snapshot-counts-from-its-end",
    edits: [{ find: LAST_NEW, replace: LAST_NEW.replace("request.prevLogIndex", "prevLogIndex") }],
    title: "counts the entries of a call that begins inside its snapshot from the end of the snapshot",
    symptom: "entries behind the snapshot are applied that no leader ever committed",
    rule: "commitIndex = min(leaderCommit, index of last new entry)",
    section: "Figure 2, AppendEntries receiver 5",
  },
  {
    ...RAFT,
    name: "short-call-takes-the-commit-index-back",
    edits: [
      {
        find: FOLLOWER_COMMITS,
        replace: `    if (request.leaderCommit > this.commitIndex) {\n  ${FOLLOWER_COMMITS}    }\n`,
      },
      { find: COMMIT_UP_TO, replace: "    this.commitIndex = index;\n" },
    ],
    title: "sets commitIndex to the last new entry of a call, even if it was higher before",
    symptom: TAKEN_BACK,
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "own-snapshot-takes-the-commit-index-back",
    edits: [{ find: COMPACT, replace: `${COMPACT}    this.commitIndex = index;\n` }],
    title: "sets commitIndex to the end of a snapshot that its service hands down late",
    symptom: TAKEN_BACK,
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "new-leader-forgets-the-commit-index",
    edits: [{ find: LEADS, replace: `${LEADS}    this.commitIndex = 0;\n` }],
    title: "a new leader begins with commitIndex 0",
    symptom: TAKEN_BACK,
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "new-term-forgets-the-commit-index",
    edits: [{ find: NEW_TERM, replace: `${NEW_TERM}      this.commitIndex = this.log.baseIndex;\n` }],
    title: "forgets its commitIndex when it enters a new term",
    symptom: TAKEN_BACK,
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "vote-outlives-the-term-at-a-snapshot",
    edits: [
      {
        find: FOLLOWS,
        replace:
          "    if (request.term > this.currentTerm) {\n" +
          "      this.becomeFollower(this.currentTerm);\n" +
          `      this.currentTerm = request.term;\n      this.persist();\n    }\n${FOLLOWS}`,
      },
    ],
    title: "keeps its vote when a snapshot brings a new term",
    symptom: "it refuses every candidate of a term in which it has not voted",
    rule: "votedFor is the candidate that got the vote in the current term, or null if none",
    section: "Figure 2; §5.2",
  },
  {
    ...RAFT,
    name: "call-inside-the-snapshot-removes-nothing",
    edits: [
      {
        find: MERGE,
        replace:
          "    const behind = covered > 0 ? Math.max(0, this.log.lastIndex - prevLogIndex) : 0;\n" +
          MERGE.replace("prevLogIndex,", "prevLogIndex + behind,").replace("(covered)", "(covered + behind)"),
      },
    ],
    title: "appends the end of a call that begins inside its snapshot, and compares nothing before that",
    symptom: "entries of a deposed leader stay behind the snapshot, confirmed as the new leader's",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it",
    section: "Figure 2, AppendEntries receiver 3",
  },
];
