import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", section: "§5.2" } as const;

const RANDOM = "Election timeouts are chosen at random from a fixed interval, at the start of each election";
const AT_ONCE = "A leader sends heartbeats at once upon its election, to prevent new elections";
const FIRST_HEARTBEAT = "    this.sendHeartbeats(); // at once, so that nobody else campaigns (§5.2)\n";

/** Timeouts that are right in most places and wrong in one. */
export const PATIENCE: readonly Mutant[] = [
  {
    ...RAFT,
    name: "first-timeout-fixed",
    bug: 3,
    edits: [
      {
        find: "    }\n    this.restartElectionTimer();\n  }\n\n  status",
        replace: '    }\n    this.ctx.setTimer("election", 500);\n  }\n\n  status',
      },
    ],
    title: "waits equally long after each start, and at random from then on",
    symptom: "servers that are switched on together split the first vote",
    rule: RANDOM,
  },
  {
    ...RAFT,
    name: "timeout-fixed-after-a-heartbeat",
    bug: 3,
    edits: [
      {
        find: "    this.leaderHeardAt = this.ctx.now();\n    this.restartElectionTimer();\n",
        replace: '    this.leaderHeardAt = this.ctx.now();\n    this.ctx.setTimer("election", 600);\n',
      },
    ],
    title: "waits equally long after each heartbeat",
    symptom: "when a leader crashes, all its followers campaign at once",
    rule: RANDOM,
  },
  {
    ...RAFT,
    name: "timeout-fixed-after-a-vote",
    bug: 3,
    edits: [
      {
        find:
          "      this.restartElectionTimer();\n" +
          "    }\n" +
          "    return { term: this.currentTerm, voteGranted };\n",
        replace:
          '      this.ctx.setTimer("election", 600);\n' +
          "    }\n" +
          "    return { term: this.currentTerm, voteGranted };\n",
      },
    ],
    title: "waits equally long after each vote that it gives",
    symptom: "when a candidate crashes, all its voters campaign at once",
    rule: RANDOM,
  },
  {
    ...RAFT,
    name: "rival-resets-the-timeout",
    bug: 1,
    edits: [
      {
        find: "    return { term: this.currentTerm, voteGranted };\n  }\n\n  /** First",
        replace:
          "    const rival = !voteGranted && request.term === this.currentTerm;\n" +
          '    if (rival && this.role !== "leader") this.restartElectionTimer();\n' +
          "    return { term: this.currentTerm, voteGranted };\n" +
          "  }\n\n" +
          "  /** First",
      },
    ],
    title: "begins its timeout anew when it refuses a second candidate of its term",
    symptom: "a candidate that asks again and again keeps everybody else from trying",
    rule: "Only a heartbeat of the current leader, a vote given and an own campaign begin the timeout anew",
    section: "Figure 2, followers; §5.2",
  },
  {
    ...RAFT,
    name: "refused-candidate-hurries",
    edits: [
      {
        find:
          "    if (!reply.voteGranted) return;\n" +
          "    this.votes.add(from);\n" +
          "    if (this.isMajority(this.votes)) this.becomeLeader();",
        replace:
          '    if (!reply.voteGranted) return this.ctx.setTimer("election", 20 + this.ctx.random() * 30);\n' +
          "    this.votes.add(from);\n" +
          "    if (this.isMajority(this.votes)) this.becomeLeader();",
      },
    ],
    title: "campaigns again a moment after a single refusal",
    symptom: "rivals push each other through dozens of terms a second",
    rule: "A candidate waits for its election timeout before it starts the next election",
  },
  {
    ...RAFT,
    name: "new-leader-waits",
    edits: [{ find: FIRST_HEARTBEAT, replace: '    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);\n' }],
    title: "sends its first heartbeat one interval after its election",
    symptom: "who has not voted campaigns against the new leader more often than it need",
    rule: AT_ONCE,
  },
  {
    ...RAFT,
    name: "new-leader-waits-long",
    edits: [{ find: FIRST_HEARTBEAT, replace: '    this.ctx.setTimer("heartbeat", 300);\n' }],
    title: "sends its first heartbeat three intervals after its election",
    symptom: "a new leader is often deposed before anybody has heard of it",
    rule: AT_ONCE,
  },
];
