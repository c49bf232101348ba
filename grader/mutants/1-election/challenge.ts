import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", challenge: true } as const;

const PRE_VOTE = { ...RAFT, section: "thesis, §9.6" } as const;
const CHECK_QUORUM = { ...RAFT, section: "thesis, §6.2" } as const;
const STICKY = { ...RAFT, section: "thesis, §4.2.3" } as const;

const CANNOT_WIN = "A server raises its term only after a majority would have voted for it";
const ASKING = "Being asked for a pre-vote changes nothing";
const QUORUM = "A leader that no majority has answered for an election timeout steps down";

/** Pre-vote and check-quorum, not quite. */
export const CHALLENGE: readonly Mutant[] = [
  {
    ...PRE_VOTE,
    name: "pre-vote-left-out",
    edits: [
      {
        find: "return this.ctx.options.preVote ? this.askForPreVotes() : this.campaign();",
        replace: "return this.currentTerm < 0 ? this.askForPreVotes() : this.campaign();",
      },
    ],
    title: "campaigns without asking around first",
    symptom: "a follower that misses only its leader's link raises the term for ever, and no leader lasts",
    rule: CANNOT_WIN,
  },
  {
    ...PRE_VOTE,
    name: "asking-raises-the-own-term",
    edits: [
      {
        find: '    this.role = "preCandidate";\n',
        replace:
          '    this.role = "preCandidate";\n' +
          "    this.currentTerm += 1;\n" +
          "    this.votedFor = null;\n" +
          "    this.persist();\n",
      },
    ],
    title: "enters the new term before it asks who would vote for it",
    symptom: "a server that was alone for a minute comes back with a high term and deposes the leader",
    rule: CANNOT_WIN,
  },
  {
    ...PRE_VOTE,
    name: "being-asked-raises-the-term",
    edits: [
      {
        find: "this.log.isCoveredBy(request) && !this.hearsLeader();\n",
        replace:
          "this.log.isCoveredBy(request) && !this.hearsLeader();\n" +
          "    if (!voteGranted && request.term > this.currentTerm) this.becomeFollower(request.term);\n",
      },
    ],
    title: "adopts the term that a pre-vote asks about",
    symptom: "a question alone makes the leader step down",
    rule: ASKING,
  },
  {
    ...PRE_VOTE,
    name: "pre-vote-despite-a-leader",
    edits: [
      {
        find: "this.log.isCoveredBy(request) && !this.hearsLeader();",
        replace: "this.log.isCoveredBy(request);",
      },
    ],
    title: "would vote for another although it hears its leader",
    symptom: "one missing link deposes a leader that everybody else hears",
    rule: "A pre-vote is refused while a leader is alive",
  },
  {
    ...PRE_VOTE,
    name: "leader-would-vote-for-another",
    edits: [{ find: '    if (this.role === "leader") return true;\n', replace: "" }],
    title: "a leader does not count itself as alive, and grants pre-votes",
    symptom: "a leader helps to depose itself",
    rule: "A pre-vote is refused while a leader is alive",
  },
  {
    ...PRE_VOTE,
    name: "one-pre-vote-is-enough",
    edits: [
      {
        find: "    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.campaign();\n",
        replace: "    this.votes.add(from);\n    if (this.votes.size >= 2) this.campaign();\n",
      },
    ],
    title: "campaigns as soon as one other server would vote for it",
    symptom: "two servers cut off together raise their term for ever, and depose the leader when they return",
    rule: CANNOT_WIN,
  },
  {
    ...PRE_VOTE,
    name: "pre-votes-elect",
    edits: [
      {
        find: "    this.votes.add(from);\n    if (this.isMajority(this.votes)) this.campaign();\n",
        replace:
          "    this.votes.add(from);\n" +
          "    if (!this.isMajority(this.votes)) return;\n" +
          "    this.campaign();\n" +
          "    this.becomeLeader();\n",
      },
    ],
    title: "leads on the strength of pre-votes",
    symptom: "two servers lead the same term, because a pre-vote binds nobody",
    rule: "A candidate wins with votes, not with pre-votes",
  },
  {
    ...PRE_VOTE,
    name: "asks-around-once",
    edits: [
      {
        find: '    this.role = "preCandidate";\n    this.restartElectionTimer();\n',
        replace: '    this.role = "preCandidate";\n',
      },
    ],
    title: "waits for ever for the answers to its pre-vote",
    symptom: "a round that was asked too early, or lost, is the last: there is no leader any more",
    rule: "If the election timeout elapses: ask again",
  },
  {
    ...PRE_VOTE,
    name: "pre-candidate-deaf-to-replies",
    edits: [
      {
        find:
          "    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);\n" +
          '    if (this.role !== "preCandidate"',
        replace: "    if (reply.term > this.currentTerm) return;\n" + '    if (this.role !== "preCandidate"',
      },
    ],
    title: "ignores a higher term in the answers to a pre-vote",
    symptom: "a server that lags behind asks about a term that is over, for ever",
    rule: "If a response contains a higher term: adopt it",
  },
  {
    ...CHECK_QUORUM,
    name: "leader-keeps-its-office",
    edits: [
      {
        find: "    if (this.ctx.options.checkQuorum || this.ctx.options.lease) this.expectQuorum();\n",
        replace: "",
      },
    ],
    title: "leads on although nobody answers",
    symptom: "clients of a leader that is cut off, or deaf, wait for ever",
    rule: QUORUM,
  },
  {
    ...CHECK_QUORUM,
    name: "answers-count-for-ever",
    edits: [
      {
        find: "    this.responders = new Set([this.ctx.id]);\n",
        replace: "    this.responders.add(this.ctx.id);\n",
      },
    ],
    title: "counts whoever has answered at any time",
    symptom: "a leader that was once in order leads on although nobody answers",
    rule: QUORUM,
  },
  {
    ...CHECK_QUORUM,
    name: "sending-counts-as-answer",
    edits: [
      {
        find: '    this.ctx.call(peer, "appendEntries", {\n',
        replace: '    this.responders.add(peer);\n    this.ctx.call(peer, "appendEntries", {\n',
      },
    ],
    title: "counts the heartbeats that it sends, not the answers",
    symptom: "a leader that can send but not hear leads on, and nobody can replace it",
    rule: QUORUM,
  },
  {
    ...CHECK_QUORUM,
    name: "quorum-checked-once",
    edits: [
      {
        find: "    if (this.isMajority(this.responders)) this.expectQuorum();\n    else this",
        replace: "    if (!this.isMajority(this.responders)) this",
      },
    ],
    title: "checks for a majority in its first second only",
    symptom: "a leader that loses its followers later leads on",
    rule: QUORUM,
  },
  {
    ...STICKY,
    name: "leader-once-heard-is-alive",
    edits: [
      {
        find: "this.leaderHeardAt !== null && this.ctx.now() - this.leaderHeardAt < window",
        replace: "this.leaderHeardAt !== null && window > 0",
      },
    ],
    title: "takes a leader that it has ever heard for alive",
    symptom: "after the first crash of a leader nobody votes any more",
    rule: "A leader counts as alive for one minimum election timeout after it was heard",
  },
];
