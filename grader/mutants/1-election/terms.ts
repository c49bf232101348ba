import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts" } as const;

const STEP_DOWN = "If a request or a response contains a higher term: adopt it, convert to follower";
const ALL_SERVERS = "§5.1; Figure 2, all servers";

/** Terms that are not raised, not followed, or taken from the past. */
export const TERMS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "campaigns-in-the-same-term",
    edits: [{ find: "    this.currentTerm += 1;\n", replace: "" }],
    title: "campaigns without entering a new term",
    symptom: "once a leader has crashed, its term gets a second one, or nobody's vote is free any more",
    rule: "On conversion to candidate: increment currentTerm",
    section: "Figure 2, candidates",
  },
  {
    ...RAFT,
    name: "steps-down-after-deciding",
    bug: 8,
    edits: [
      {
        find:
          "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n" +
          "    const voteGranted = this.mayVoteFor(request);\n",
        replace:
          "    const voteGranted = this.mayVoteFor(request);\n" +
          "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n",
      },
    ],
    title: "decides on a vote by the vote of the term before, and enters the new term afterwards",
    symptom: "the first candidate of a new term is refused for nothing, and elections take several rounds",
    rule: STEP_DOWN,
    section: ALL_SERVERS,
  },
  {
    ...RAFT,
    name: "vote-outlives-its-term",
    bug: 9,
    edits: [{ find: "      this.votedFor = null;\n", replace: "" }],
    title: "keeps votedFor when it enters a higher term",
    symptom: "after the first election nobody can win another",
    rule: "votedFor is the vote of the current term, null if there is none",
    section: "Figure 2, state",
  },
  {
    ...RAFT,
    name: "heartbeat-clears-the-vote",
    bug: 10,
    edits: [
      {
        find: "    this.leaderHeardAt = this.ctx.now();\n",
        replace: "    this.leaderHeardAt = this.ctx.now();\n    this.votedFor = null;\n",
      },
    ],
    title: "forgets its vote at every heartbeat",
    symptom: "a vote request that was long on its way gets a second vote of the same term",
    rule: "Each server votes for at most one candidate in a term",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "leader-deaf-to-replies",
    bug: 14,
    edits: [
      {
        find: "    if (replyTerm > this.currentTerm) this.becomeFollower(replyTerm);\n",
        replace: "    if (replyTerm > this.currentTerm) return false;\n",
      },
    ],
    title: "ignores a higher term in the answers to its heartbeats",
    symptom: "a leader that was cut off goes on leading the past after it is back",
    rule: STEP_DOWN,
    section: ALL_SERVERS,
  },
  {
    ...RAFT,
    name: "candidate-deaf-to-replies",
    bug: 14,
    edits: [
      {
        find:
          "    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);\n" +
          '    if (this.role !== "candidate"',
        replace: "    if (reply.term > this.currentTerm) return;\n" + '    if (this.role !== "candidate"',
      },
    ],
    title: "ignores a higher term in the answers to its vote requests",
    symptom: "a server that is far behind needs an election for each term that it missed",
    rule: STEP_DOWN,
    section: ALL_SERVERS,
  },
  {
    ...RAFT,
    name: "stale-reply-turns-back-the-term",
    bug: 15,
    edits: [
      {
        find:
          "    if (replyTerm > this.currentTerm) this.becomeFollower(replyTerm);\n" +
          '    if (this.role !== "leader" || requestTerm !== this.currentTerm) return false;',
        replace:
          "    if (replyTerm !== this.currentTerm) {\n" +
          "      this.becomeFollower(requestTerm);\n" +
          "      this.currentTerm = replyTerm;\n" +
          "      this.persist();\n" +
          "      return false;\n" +
          "    }",
      },
    ],
    title: "takes over the term of any answer, however old the request",
    symptom: "a reply that took two seconds throws a leader back into a term that is over",
    rule: "Terms never go back; an answer is used only if its request was of the current term",
    section: "§5.1; Figure 2, state",
  },
  {
    ...RAFT,
    name: "obeys-an-older-leader",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace: "",
      },
    ],
    title: "accepts the heartbeat of a leader of an older term",
    symptom: "a deposed leader keeps its followers quiet and makes its successor step down",
    rule: "Reply false if term < currentTerm",
    section: "Figure 2, AppendEntries receiver 1",
  },
  {
    ...RAFT,
    name: "ignores-the-term-of-a-new-leader",
    edits: [
      {
        find: "    this.becomeFollower(term);\n    this.leaderHeardAt",
        replace: '    this.role = "follower";\n    this.leaderHeardAt',
      },
    ],
    title: "follows a new leader but stays in its own term",
    symptom: "servers disagree about the term for ever, and a deposed leader goes on sending",
    rule: STEP_DOWN,
    section: ALL_SERVERS,
  },
  {
    ...RAFT,
    name: "ignores-the-term-of-a-candidate",
    edits: [
      { find: "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n", replace: "" },
    ],
    title: "votes in a term that it has not entered",
    symptom: "the vote belongs to the old term, so that the new one has room for a second vote",
    rule: STEP_DOWN,
    section: ALL_SERVERS,
  },
  {
    ...RAFT,
    name: "candidate-never-yields",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace:
          '    const oldest = this.role === "candidate" ? this.currentTerm + 1 : this.currentTerm;\n' +
          "    if (request.term < oldest) return { term: this.currentTerm, success: false };\n",
      },
    ],
    title: "refuses the leader of its own term while it is a candidate",
    symptom: "whoever lost an election starts the next one, though a leader is alive",
    rule: "If AppendEntries is received from the new leader: convert to follower",
    section: "§5.2; Figure 2, candidates",
  },
  {
    ...RAFT,
    name: "deposed-leader-beats-on",
    edits: [{ find: '    this.ctx.cancelTimer("heartbeat");\n', replace: "" }],
    title: "a leader that steps down lets its heartbeat timer run",
    symptom: "the deposed leader sends heartbeats in the term of its successor",
    rule: "At most one server acts as leader of a term",
    section: "§5.2, Figure 3",
  },
];
