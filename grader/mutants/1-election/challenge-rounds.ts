import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", challenge: true } as const;

const PRE_VOTE = { ...RAFT, section: "thesis, §9.6" } as const;
const CHECK_QUORUM = { ...RAFT, section: "thesis, §6.2" } as const;
const STICKY = { ...RAFT, section: "thesis, §4.2.3" } as const;

const EACH_CAMPAIGN = "A server raises its term only after a majority would have voted for it, each time";
const ROUND_OVER = "A pre-vote counts only in the round that asked for it";

/** Pre-vote and check-quorum, each switched on alone, and what remains of a round or an office that is over. */
export const CHALLENGE_ROUNDS: readonly Mutant[] = [
  {
    ...PRE_VOTE,
    name: "pre-votes-of-an-earlier-round-count",
    edits: [
      {
        find: " || request.term !== this.currentTerm + 1) return; // an earlier round",
        replace: ") return;",
      },
    ],
    title: "counts a pre-vote about a term that is over",
    symptom: "a slow answer makes a server campaign that nobody would vote for",
    rule: ROUND_OVER,
  },
  {
    ...PRE_VOTE,
    name: "second-campaign-without-pre-vote",
    edits: [
      {
        find: "return this.ctx.options.preVote ? this",
        replace: 'return this.ctx.options.preVote && this.role !== "candidate" ? this',
      },
    ],
    title: "asks around before its first campaign, and not before the next ones",
    symptom: "a candidate that is cut off in the middle raises its term for ever",
    rule: EACH_CAMPAIGN,
  },
  {
    ...PRE_VOTE,
    name: "pre-candidate-never-yields",
    edits: [
      {
        find: '    this.role = "follower";\n    if (term > this.currentTerm) {',
        replace:
          '    if (this.role !== "preCandidate") this.role = "follower";\n' +
          "    if (term > this.currentTerm) {",
      },
    ],
    title: "goes on asking around although it has heard the leader",
    symptom: "pre-votes that arrive late depose a leader that everybody hears",
    rule: ROUND_OVER,
  },
  {
    ...PRE_VOTE,
    name: "refused-pre-vote-resets",
    edits: [
      {
        find: "this.log.isCoveredBy(request) && !this.hearsLeader();\n",
        replace:
          "this.log.isCoveredBy(request) && !this.hearsLeader();\n" +
          '    if (this.role !== "leader") this.restartElectionTimer();\n',
      },
    ],
    title: "begins its timeout anew whenever it is asked for a pre-vote",
    symptom: "a server that cannot win keeps everybody else from trying",
    rule: "Being asked for a pre-vote changes nothing",
  },
  {
    ...PRE_VOTE,
    name: "asking-takes-back-the-vote",
    edits: [
      {
        find: '    this.role = "preCandidate";\n',
        replace: '    this.role = "preCandidate";\n    this.votedFor = null;\n',
      },
    ],
    title: "forgets its vote when it asks around",
    symptom: "a voter that has lost patience votes again in the same term, and two servers lead it",
    rule: "Each server votes for at most one candidate in a term, first come, first served",
    section: "§5.2",
  },
  {
    ...CHECK_QUORUM,
    name: "quorum-checked-under-pre-vote",
    edits: [
      {
        find: "    if (this.ctx.options.checkQuorum || this.ctx.options.lease) this.expectQuorum();\n",
        replace: "    if (this.ctx.options.preVote) this.expectQuorum();\n",
      },
    ],
    title: "looks at the wrong option before it checks for a majority",
    symptom: "with check-quorum alone a leader that is cut off leads on",
    rule: "A leader that no majority has answered for an election timeout steps down",
  },
  {
    ...CHECK_QUORUM,
    name: "resigned-leader-never-campaigns",
    edits: [
      {
        find: "    else this.becomeFollower(this.currentTerm);\n",
        replace:
          "    else {\n" +
          "      this.becomeFollower(this.currentTerm);\n" +
          '      this.ctx.cancelTimer("election");\n' +
          "    }\n",
      },
    ],
    title: "a leader that resigned for want of a majority starts no election timer",
    symptom: "after a break of the whole network there may be nobody left who campaigns",
    rule: "If the election timeout elapses without a heartbeat: convert to candidate",
    section: "Figure 2, followers; §5.2",
  },
  {
    ...STICKY,
    name: "new-leader-refused-beside-the-old",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace:
          "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n" +
          "    const { checkQuorum } = this.ctx.options;\n" +
          "    if (checkQuorum && request.term > this.currentTerm && this.hearsLeader()) {\n" +
          "      return { term: this.currentTerm, success: false };\n" +
          "    }\n",
      },
    ],
    title: "refuses the heartbeat of a newer leader while it hears the old one",
    symptom: "a follower, or a leader of the past, is late to join the leader that a majority has elected",
    rule: "Only vote requests are ignored while a leader is alive; a leader of a higher term is followed",
  },
  {
    ...STICKY,
    name: "former-leader-takes-itself-for-alive",
    edits: [
      {
        find: '  private role: Role = "follower";\n',
        replace: '  private role: Role = "follower";\n  private hasLed = false;\n',
      },
      {
        find: '    this.role = "leader";\n',
        replace: '    this.role = "leader";\n    this.hasLed = true;\n',
      },
      {
        find: '    if (this.role === "leader") return true;\n',
        replace: "    if (this.hasLed) return true;\n",
      },
    ],
    title: "counts a leader as alive for ever once it has been one itself",
    symptom: "whoever has led once never votes again",
    rule: "A leader counts as alive for one minimum election timeout after it was heard",
  },
];
