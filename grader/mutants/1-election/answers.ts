import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts" } as const;

const HIGHER_STEPS_IN = "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n";
const VOTE_ANSWER = "    return { term: this.currentTerm, voteGranted };\n  }\n\n  /** First";

const TELL_THE_TERM = "An answer carries currentTerm, for the asker to update itself";
const ONLY_HIGHER = "Only a higher term, or the leader of its own term, makes a server a follower";

/** What a server tells those who ask, and what it makes of rivals and of answers of the past. */
export const ANSWERS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "vote-answer-echoes-the-term",
    edits: [
      {
        find: VOTE_ANSWER,
        replace: "    return { term: request.term, voteGranted };\n  }\n\n  /** First",
      },
    ],
    title: "answers a vote request with the term of the request",
    symptom: "a candidate that lags behind is refused and does not learn why",
    rule: TELL_THE_TERM,
    section: "Figure 2, RequestVote results",
  },
  {
    ...RAFT,
    name: "vote-answer-with-the-term-before",
    edits: [
      {
        find: HIGHER_STEPS_IN,
        replace: `    const term = this.currentTerm;\n${HIGHER_STEPS_IN}`,
      },
      { find: VOTE_ANSWER, replace: "    return { term, voteGranted };\n  }\n\n  /** First" },
    ],
    title: "answers a vote request with the term that it was in when it was asked",
    symptom: "a vote looks as if it had been given in an older term, and a careful candidate drops it",
    rule: TELL_THE_TERM,
    section: "Figure 2, RequestVote results",
  },
  {
    ...RAFT,
    name: "stale-heartbeat-succeeds",
    edits: [
      {
        find: "return { term: this.currentTerm, success: false };",
        replace: "return { term: this.currentTerm, success: true };",
      },
    ],
    title: "answers the heartbeat of a leader of the past with success",
    symptom: "once there are entries, a deposed leader takes refused ones for replicated",
    rule: "Reply false if term < currentTerm",
    section: "Figure 2, AppendEntries receiver 1",
  },
  {
    ...RAFT,
    name: "rival-deposes-the-leader",
    edits: [
      {
        find: HIGHER_STEPS_IN,
        replace: "    if (request.term >= this.currentTerm) this.becomeFollower(request.term);\n",
      },
    ],
    title: "steps down at a vote request of its own term",
    symptom: "a leader loses its office to the candidate that it has just beaten",
    rule: ONLY_HIGHER,
    section: "§5.1; Figure 2, all servers",
  },
  {
    ...RAFT,
    name: "candidate-yields-to-a-rival",
    edits: [
      {
        find: HIGHER_STEPS_IN,
        replace:
          '    if (request.term === this.currentTerm && this.role === "candidate") this.role = "follower";\n' +
          HIGHER_STEPS_IN,
      },
    ],
    title: "gives up its candidacy when another candidate of the same term asks for its vote",
    symptom: "of two candidates in a race neither wins, although one has a majority",
    rule: "A candidate stays one until it wins, a leader is heard, or its timeout elapses",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "old-answer-deposes-the-leader",
    edits: [
      {
        find:
          "    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);\n" +
          '    if (this.role !== "candidate"',
        replace:
          "    if (reply.term > request.term) return this.becomeFollower(reply.term);\n" +
          '    if (this.role !== "candidate"',
      },
      {
        find: "    if (replyTerm > this.currentTerm) this.becomeFollower(replyTerm);\n",
        replace: "    if (replyTerm > requestTerm) this.becomeFollower(replyTerm);\n",
      },
    ],
    title: "compares the term of an answer with that of its request, not with its own",
    symptom: "a slow answer from an election of the past costs a healthy leader its office",
    rule: ONLY_HIGHER,
    section: "§5.1; Figure 2, all servers",
  },
  {
    ...RAFT,
    name: "names-the-recipient-as-leader",
    edits: [
      {
        find: "      leaderId: this.ctx.id,\n      prevLogIndex,\n",
        replace: "      leaderId: peer,\n      prevLogIndex,\n",
      },
    ],
    title: "puts the recipient's id into leaderId",
    symptom: "once there are clients, followers send them to each other and not to the leader",
    rule: "leaderId is the leader's own, so that a follower can redirect clients",
    section: "Figure 2, AppendEntries arguments",
  },
];
