import type { Mutant } from "../mutant";

const RAFT = { lab: 3, file: "raft/raft.ts", section: "Figure 2, state" } as const;

const DURABLE = "The log is updated on stable storage before responding to RPCs";

const MERGE = "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();\n";
const APPEND = "    this.log.append({ term: this.currentTerm, command });\n    this.persist();\n";
const UNSAVED = "    this.log.append({ term: this.currentTerm, command });\n";
const SAVE = "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n";
const FIELDS = "    const { currentTerm, votedFor, log } = this;\n";
const BOOT_LOG = "    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);\n";
const LOG_FIELD = "  private readonly log: Log;\n";
const SIGNATURE = "  appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {\n";
const SLOW_SIGNATURE =
  "  appendEntries(\n" +
  "    _from: ServerId,\n" +
  "    request: AppendEntriesRequest,\n" +
  "    call: number,\n" +
  '  ): AppendEntriesReply | "later" {\n';

/** Entries that do not reach the disk, or too late. */
export const SAVES: readonly Mutant[] = [
  {
    ...RAFT,
    name: "log-never-saved",
    bug: 46,
    edits: [{ find: SAVE, replace: SAVE.replace("log: log.entries", "log: []") }],
    title: "saves term and vote, and never the log",
    symptom: "after a crash of all servers everything is gone",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "leader-appends-unsaved",
    bug: 46,
    edits: [{ find: APPEND, replace: UNSAVED }],
    title: "a leader appends a command without saving it",
    symptom: "an entry that was committed with the leader's copy is lost when the leader crashes",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "follower-appends-unsaved",
    bug: 46,
    edits: [{ find: MERGE, replace: "    this.log.merge(prevLogIndex, request.entries.slice(covered));\n" }],
    title: "a follower appends entries without saving them",
    symptom: "committed entries are lost when followers crash",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "truncation-unsaved",
    bug: 46,
    edits: [
      {
        find: MERGE,
        replace:
          "    const before = this.log.lastIndex;\n" +
          "    const news = this.log.merge(prevLogIndex, request.entries.slice(covered));\n" +
          "    if (news && this.log.lastIndex > before) this.persist();\n",
      },
    ],
    title: "a follower saves its log only if it has become longer",
    symptom: "a follower that crashes finds the entries of a deposed leader on its disk",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "saves-before-it-merges",
    bug: 46,
    edits: [
      {
        find: MERGE,
        replace: "    this.persist();\n    this.log.merge(prevLogIndex, request.entries.slice(covered));\n",
      },
    ],
    title: "a follower saves first and appends afterwards",
    symptom: "the disk is always one call behind what the follower has confirmed",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "saves-before-it-appends",
    bug: 46,
    edits: [{ find: APPEND, replace: `    this.persist();\n${UNSAVED}` }],
    title: "a leader saves first and appends afterwards",
    symptom: "the last entry of a leader is not on its disk, though it counts",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "confirms-before-it-saves",
    bug: 46,
    edits: [
      { find: SIGNATURE, replace: SLOW_SIGNATURE },
      {
        find: MERGE,
        replace:
          "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) {\n" +
          "      this.ctx.reply(call, { term: this.currentTerm, success: true });\n" +
          "      this.persist();\n" +
          "      this.commitUpTo(\n" +
          "        Math.min(request.leaderCommit, request.prevLogIndex + request.entries.length),\n" +
          "      );\n" +
          '      return "later";\n' +
          "    }\n",
      },
    ],
    title: "a follower confirms entries and saves them afterwards",
    symptom: "a follower that crashes between the two has promised what it does not hold",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "saves-a-moment-later",
    bug: 46,
    edits: [
      { find: MERGE, replace: MERGE.replace("this.persist()", 'this.ctx.setTimer("save", 10)') },
      {
        find: '      case "heartbeat":\n',
        replace: '      case "save":\n        return this.persist();\n      case "heartbeat":\n',
      },
    ],
    title: "a follower confirms at once and saves what has come in the last 10 ms together",
    symptom: "committed entries are lost when the power fails everywhere at once",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "duplicate-confirms-what-is-not-saved",
    bug: 46,
    edits: [
      { find: SIGNATURE, replace: SLOW_SIGNATURE },
      {
        find: MERGE,
        replace:
          "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) {\n" +
          '      this.ctx.setTimer("save", 5);\n' +
          "      this.unanswered.push([call, this.currentTerm]);\n" +
          '      return "later";\n' +
          "    }\n",
      },
      {
        find: '      case "heartbeat":\n',
        replace:
          '      case "save":\n' +
          "        this.persist();\n" +
          "        for (const [call, term] of this.unanswered.splice(0)) {\n" +
          "          this.ctx.reply(call, { term, success: term === this.currentTerm });\n" +
          "        }\n" +
          "        return;\n" +
          '      case "heartbeat":\n',
      },
      {
        find: '  private role: Role = "follower";\n',
        replace:
          '  private role: Role = "follower";\n  private readonly unanswered: [number, number][] = [];\n',
      },
    ],
    title: "collects saves for 5 ms, and confirms a repeated call meanwhile",
    symptom: "a call that arrives twice is confirmed before its entries are on the disk",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "leader-saves-when-it-has-committed",
    bug: 46,
    edits: [
      { find: APPEND, replace: UNSAVED },
      {
        find: "    this.followers.holds(peer, index);\n    this.advanceCommitIndex();\n",
        replace:
          "    this.followers.holds(peer, index);\n    this.advanceCommitIndex();\n    this.persist();\n",
      },
    ],
    title: "a leader counts its own copy, and saves it when the followers have answered",
    symptom: "an entry that was committed with the leader's copy is lost when the leader crashes",
    rule: DURABLE,
  },
  {
    ...RAFT,
    name: "new-term-saves-the-log-of-boot",
    bug: 46,
    edits: [
      { find: LOG_FIELD, replace: `${LOG_FIELD}  private readonly bootLog: RaftState["log"];\n` },
      { find: BOOT_LOG, replace: `${BOOT_LOG}    this.bootLog = saved?.log ?? [];\n` },
      {
        find: "      this.currentTerm = term;\n      this.votedFor = null;\n      this.persist();\n",
        replace:
          "      this.currentTerm = term;\n" +
          "      this.votedFor = null;\n" +
          "      const { snapshot } = this.log;\n" +
          "      this.ctx.save({ currentTerm: term, votedFor: null, log: this.bootLog, snapshot });\n",
      },
    ],
    title: "saves the log that it found at its start when it enters a new term",
    symptom: "a server that crashes just after an election has lost what it had confirmed",
    rule: "What is saved is the whole state; a save replaces the one before",
    section: "handout",
  },
  {
    ...RAFT,
    name: "vote-wipes-the-log",
    bug: 46,
    edits: [
      {
        find: "      this.persist(); // before the answer leaves: a vote must survive a crash\n",
        replace:
          "      const { currentTerm, votedFor } = this;\n" +
          "      this.ctx.save({ currentTerm, votedFor, log: [], snapshot: null });\n",
      },
    ],
    title: "saves term and vote without the log when it votes",
    symptom: "a voter that crashes just after an election has lost what it had confirmed",
    rule: "What is saved is the whole state; a save replaces the one before",
    section: "handout",
  },
  {
    ...RAFT,
    name: "saving-entries-wipes-the-vote",
    bug: 47,
    edits: [
      {
        find: MERGE,
        replace:
          "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) {\n" +
          "      const { currentTerm, log } = this;\n" +
          `  ${SAVE.replace("votedFor", "votedFor: null")}` +
          "    }\n",
      },
    ],
    title: "saves the log without the vote when it appends",
    symptom: "a voter that crashes votes again in the same term, and two servers lead it",
    rule: "What is saved is the whole state; a save replaces the one before",
    section: "handout",
  },
  {
    ...RAFT,
    name: "removed-entries-stay-on-the-disk",
    bug: 46,
    edits: [
      { find: LOG_FIELD, replace: `${LOG_FIELD}  private disk: RaftState["log"] = [];\n` },
      { find: BOOT_LOG, replace: `${BOOT_LOG}    this.disk = saved?.log ?? [];\n` },
      {
        find: FIELDS + SAVE,
        replace:
          FIELDS +
          "    this.disk = [...log.entries, ...this.disk.slice(log.entries.length)];\n" +
          "    this.ctx.save({ currentTerm, votedFor, log: this.disk, snapshot: log.snapshot });\n",
      },
    ],
    title: "writes new entries over the old ones, and never makes the file shorter",
    symptom: "after a crash the entries of a deposed leader are back behind those of its successor",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it, on the disk as well",
    section: "Figure 2, AppendEntries receiver 3",
  },
  {
    ...RAFT,
    name: "term-of-a-voter-is-not-saved",
    edits: [
      {
        find:
          "    if (reply.term > this.currentTerm) return this.becomeFollower(reply.term);\n" +
          '    if (this.role !== "candidate"',
        replace:
          "    if (reply.term > this.currentTerm) {\n" +
          '      this.role = "follower";\n' +
          "      this.currentTerm = reply.term;\n      this.votedFor = null;\n      return;\n    }\n" +
          '    if (this.role !== "candidate"',
      },
    ],
    title: "enters the term that a voter tells of, and never saves it",
    symptom: "after a crash it obeys a leader of the past",
    rule: "currentTerm is persistent: saved before anything is promised in it",
    section: "Figure 2; §5.1",
  },
  {
    ...RAFT,
    name: "new-term-is-saved-with-the-old-vote",
    edits: [
      {
        find: "      this.currentTerm = term;\n      this.votedFor = null;\n      this.persist();\n",
        replace: "      this.currentTerm = term;\n      this.persist();\n      this.votedFor = null;\n",
      },
    ],
    title: "enters a new term, saves, and clears its vote afterwards",
    symptom: "after a crash it refuses every candidate of a term in which it has not voted",
    rule: "votedFor is the candidate that got the vote in the current term, or null if none",
    section: "Figure 2; §5.2",
  },
  {
    ...RAFT,
    name: "term-of-a-refused-candidate-is-not-saved",
    edits: [
      {
        find: "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n    const voteGranted",
        replace:
          "    if (request.term > this.currentTerm) {\n" +
          "      this.becomeFollower(this.currentTerm);\n" +
          "      this.currentTerm = request.term;\n      this.votedFor = null;\n    }\n    const voteGranted",
      },
    ],
    title: "enters the term of a candidate, and saves it only if that gets the vote",
    symptom: "after a crash it obeys a leader of the past",
    rule: "currentTerm is persistent: saved before anything is promised in it",
    section: "Figure 2; §5.1",
  },
];
