import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", section: "Figure 2, state" } as const;

const DURABLE = "currentTerm and votedFor are updated on stable storage before responding to RPCs";
const SAVE = "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n";
const FIELDS = "    const { currentTerm, votedFor, log } = this;\n";

/** What is forgotten in a crash. */
export const PERSISTENCE: readonly Mutant[] = [
  {
    ...RAFT,
    name: "vote-not-saved-when-granted",
    bug: 47,
    edits: [
      {
        find: "      this.persist(); // before the answer leaves: a vote must survive a crash\n",
        replace: "",
      },
    ],
    title: "grants a vote without saving it",
    symptom: "a voter that crashes votes again in the same term, and two servers lead it",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "votedfor-never-saved",
    bug: 47,
    edits: [
      {
        find: FIELDS + SAVE,
        replace:
          "    const { currentTerm, log } = this;\n" +
          "    this.ctx.save({ currentTerm, votedFor: null, log: log.entries, snapshot: log.snapshot });\n",
      },
    ],
    title: "saves the term and never the vote",
    symptom: "a voter that crashes votes again in the same term, and two servers lead it",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "term-never-saved",
    edits: [
      {
        find: FIELDS + SAVE,
        replace:
          "    const { votedFor, log } = this;\n" +
          "    this.ctx.save({ currentTerm: 0, votedFor, log: log.entries, snapshot: log.snapshot });\n",
      },
    ],
    title: "saves the vote and never its term",
    symptom: "after a crash of all servers the same terms are led once more",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "candidacy-not-saved",
    edits: [
      {
        find: "    this.votedFor = this.ctx.id;\n    this.persist();\n",
        replace: "    this.votedFor = this.ctx.id;\n",
      },
    ],
    title: "campaigns, and even leads, in a term that is not on its disk",
    symptom: "a leader that crashes and returns votes for another in the term that it led",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "answers-before-it-saves",
    bug: 47,
    edits: [
      {
        find: "  requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply {\n",
        replace:
          "  requestVote(_from: ServerId, request: RequestVoteRequest, call: number): " +
          'RequestVoteReply | "later" {\n',
      },
      {
        find:
          "      this.persist(); // before the answer leaves: a vote must survive a crash\n" +
          "      this.restartElectionTimer();\n",
        replace:
          "      this.ctx.reply(call, { term: this.currentTerm, voteGranted });\n" +
          "      this.persist();\n" +
          "      this.restartElectionTimer();\n" +
          '      return "later";\n',
      },
    ],
    title: "sends its vote and saves it afterwards",
    symptom: "a voter that crashes between the two votes again in the same term",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "saves-before-it-decides",
    bug: 47,
    edits: [
      {
        find:
          "      this.votedFor = request.candidateId;\n" +
          "      this.persist(); // before the answer leaves: a vote must survive a crash\n",
        replace: "      this.persist();\n      this.votedFor = request.candidateId;\n",
      },
    ],
    title: "saves first and notes its vote afterwards",
    symptom: "the disk is always one step behind what the server has promised",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "edits-what-it-saved",
    edits: [
      {
        find: `${SAVE}  }\n`,
        replace:
          "    const first = this.disk === undefined;\n" +
          "    const state = { currentTerm, votedFor, log: log.entries, snapshot: log.snapshot };\n" +
          "    this.disk = Object.assign(this.disk ?? {}, state);\n" +
          "    if (first) this.ctx.save(this.disk);\n" +
          "  }\n\n" +
          "  private disk: RaftState | undefined;\n",
      },
    ],
    title: "saves an object once and then only edits it",
    symptom: "after a crash the server is back in its first term",
    rule: "A save makes durable what the state is at that moment; later edits of the object are not saved",
    section: "handout",
  },
  {
    ...RAFT,
    name: "disk-in-a-variable",
    edits: [
      {
        find: "/** A leader sends heartbeats this often",
        replace: "let disk: RaftState | undefined;\n\n/** A leader sends heartbeats this often",
      },
      {
        find: "    saved: RaftState | undefined,\n  ) {\n",
        replace: "    _saved: RaftState | undefined,\n  ) {\n    const saved = disk;\n",
      },
      {
        find: SAVE,
        replace: "    disk = { currentTerm, votedFor, log: log.entries, snapshot: log.snapshot };\n",
      },
    ],
    title: "keeps its durable state in a variable of the module",
    symptom: "works until a process really ends: then term and vote are gone",
    rule: "Nothing but what was saved survives a crash",
    section: "handout",
  },
  {
    ...RAFT,
    name: "restores-nothing",
    bug: 48,
    edits: [
      {
        find: "      this.currentTerm = saved.currentTerm;\n      this.votedFor = saved.votedFor;\n",
        replace: "",
      },
    ],
    title: "saves everything and does not look at it after a restart",
    symptom: "a restarted server begins in term 0 and votes again in terms that it has voted in",
    rule: "A restarted server goes on with the currentTerm and votedFor of its disk",
  },
  {
    ...RAFT,
    name: "restores-no-vote",
    bug: 47,
    edits: [{ find: "      this.votedFor = saved.votedFor;\n", replace: "" }],
    title: "restores the term and forgets the vote",
    symptom: "a voter that crashes votes again in the same term, and two servers lead it",
    rule: "A restarted server goes on with the currentTerm and votedFor of its disk",
  },
  {
    ...RAFT,
    name: "restores-no-term",
    edits: [{ find: "      this.currentTerm = saved.currentTerm;\n", replace: "" }],
    title: "restores the vote and forgets its term",
    symptom: "a restarted server follows leaders of the past",
    rule: "A restarted server goes on with the currentTerm and votedFor of its disk",
  },
  {
    ...RAFT,
    name: "saves-before-it-enters-the-term",
    edits: [
      {
        find: "      this.currentTerm = term;\n      this.votedFor = null;\n      this.persist();\n",
        replace: "      this.votedFor = null;\n      this.persist();\n      this.currentTerm = term;\n",
      },
    ],
    title: "clears its vote, saves, and enters the new term afterwards",
    symptom: "after a crash the server is back in a term that it has voted in, with its vote free again",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "term-of-a-heartbeat-not-saved",
    edits: [
      {
        find: "    this.becomeFollower(term);\n    this.leaderHeardAt",
        replace:
          "    if (term > this.currentTerm) {\n" +
          "      this.becomeFollower(this.currentTerm);\n" +
          "      this.currentTerm = term;\n" +
          "      this.votedFor = null;\n" +
          "    }\n" +
          "    this.becomeFollower(term);\n" +
          "    this.leaderHeardAt",
      },
    ],
    title: "saves a term that a candidate tells it, and not one that a leader tells it",
    symptom: "a follower that crashes returns to a term before that of its leader",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "restart-enters-a-new-term",
    edits: [
      {
        find: "      this.currentTerm = saved.currentTerm;\n      this.votedFor = saved.votedFor;\n",
        replace: "      this.currentTerm = saved.currentTerm + 1;\n",
      },
    ],
    title: "begins each life in a term of its own, to be safe from the votes of the last one",
    symptom: "a follower that is restarted deposes a healthy leader",
    rule: "A restarted server goes on with the currentTerm and votedFor of its disk",
  },
];
