import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts" } as const;

const ONE_VOTE = "Each server votes for at most one candidate in a term, first come, first served";

/** Votes that are given, or counted, against the rules. */
export const VOTES: readonly Mutant[] = [
  {
    ...RAFT,
    name: "several-votes-in-a-term",
    bug: 11,
    edits: [
      {
        find: "    if (this.votedFor !== null && this.votedFor !== request.candidateId) return false;\n",
        replace: "",
      },
    ],
    title: "grants a vote without looking at votedFor",
    symptom: "two servers lead the same term, and clients of both are told that their commands are safe",
    rule: ONE_VOTE,
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "votes-for-a-rival",
    edits: [{ find: "    this.votedFor = this.ctx.id;\n", replace: "    this.votedFor = null;\n" }],
    title: "campaigns without noting its vote for itself, and votes for a rival of the same term as well",
    symptom: "two servers lead the same term after a close race",
    rule: "On conversion to candidate: vote for self",
    section: "Figure 2, candidates",
  },
  {
    ...RAFT,
    name: "refuses-to-repeat-a-vote",
    edits: [
      {
        find: "this.votedFor !== null && this.votedFor !== request.candidateId",
        replace: "this.votedFor !== null",
      },
    ],
    title: "refuses a candidate that asks again because the first answer was lost",
    symptom: "elections are lost for one lost message and take longer",
    rule: "Grant the vote if votedFor is null or candidateId",
    section: "Figure 2, RequestVote receiver 2",
  },
  {
    ...RAFT,
    name: "votes-in-an-older-term",
    edits: [{ find: "    if (request.term < this.currentTerm) return false;\n", replace: "" }],
    title: "grants its vote to a candidate of an older term",
    symptom: "a server that was away for long is voted for, and the vote it got counts in neither term",
    rule: "Reply false if term < currentTerm",
    section: "Figure 2, RequestVote receiver 1",
  },
  {
    ...RAFT,
    file: "raft/log.ts",
    name: "refuses-an-equal-log",
    bug: 19,
    edits: [
      {
        find: "candidate.lastLogIndex >= this.lastIndex",
        replace: "candidate.lastLogIndex > this.lastIndex",
      },
    ],
    title: "votes only for a log that is longer than its own",
    symptom: "no leader is ever elected",
    rule: "A log that is at least as up-to-date will do: an equal one is",
    section: "§5.4.1",
  },
  {
    ...RAFT,
    name: "counts-stale-votes",
    bug: 13,
    edits: [
      {
        find: "request.term !== this.currentTerm) return; // an earlier election",
        replace: "request.term > this.currentTerm) return;",
      },
    ],
    title: "counts a vote of an earlier election in the present one",
    symptom: "after slow replies a server leads that no majority elected in that term",
    rule: "A candidate wins with votes from a majority for the same term",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "keeps-votes-from-the-last-election",
    edits: [
      {
        find:
          "    this.votes = new Set([this.ctx.id]);\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
        replace:
          "    this.votes.add(this.ctx.id);\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
      },
    ],
    title: "does not forget the votes of a lost election",
    symptom: "a candidate that lost twice wins the third time with votes from three terms",
    rule: "A candidate wins with votes from a majority for the same term",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "counts-replies-not-voters",
    edits: [
      {
        find: "    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.becomeLeader();",
        replace:
          "    this.votes.add(from - 100 * this.votes.size);\n" +
          "    if (this.isMajority(this.votes)) this.becomeLeader();",
      },
    ],
    title: "counts a vote as often as it arrives",
    symptom: "one voter and a network that duplicates make a leader of five",
    rule: "A candidate needs votes from a majority of the servers",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "counts-refusals",
    edits: [
      {
        find:
          "    if (!reply.voteGranted) return;\n" +
          "    this.votes.add(from);\n" +
          "    if (this.isMajority(this.votes)) this.becomeLeader();",
        replace: "    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.becomeLeader();",
      },
    ],
    title: "takes any answer for a yes",
    symptom: "two servers lead the same term as soon as two campaign at once",
    rule: "If votes received from majority of servers: become leader",
    section: "Figure 2, candidates",
  },
  {
    ...RAFT,
    name: "does-not-count-its-own-vote",
    edits: [
      {
        find:
          "    this.votes = new Set([this.ctx.id]);\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
        replace:
          "    this.votes = new Set();\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
      },
    ],
    title: "needs a majority of votes from others",
    symptom: "three servers stay without a leader as soon as one of them is down",
    rule: "A candidate votes for itself, and that vote counts",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "yielding-candidate-forgets-its-vote",
    edits: [
      {
        find: "    this.becomeFollower(term);\n    this.leaderHeardAt",
        replace:
          '    if (this.role === "candidate") {\n' +
          "      this.votedFor = null;\n" +
          "      this.persist();\n" +
          "    }\n" +
          "    this.becomeFollower(term);\n" +
          "    this.leaderHeardAt",
      },
    ],
    title: "takes back its vote for itself when it has lost the election",
    symptom: "a vote request that was long on its way gets a second vote of the same term",
    rule: ONE_VOTE,
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "repeats-a-vote-in-an-older-term",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return false;\n",
        replace:
          "    if (this.votedFor === request.candidateId) return true;\n" +
          "    if (request.term < this.currentTerm) return false;\n",
      },
    ],
    title: "grants whatever the candidate of its last vote asks, without a look at the term",
    symptom: "a late request of a term that is over is answered with a yes",
    rule: "Reply false if term < currentTerm",
    section: "Figure 2, RequestVote receiver 1",
  },
];
