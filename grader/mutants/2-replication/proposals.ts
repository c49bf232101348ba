import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts" } as const;

const NOT_LEADER = '    if (this.role !== "leader") return undefined;\n';
const APPEND = "    this.log.append({ term: this.currentTerm, command });\n";
const WHERE = "    return { index: this.log.lastIndex, term: this.currentTerm };\n";
const LOG_FIELD = "  private readonly log: Log;\n";
const LEADS = "    this.ctx.note(`leads term ${this.currentTerm}`);\n";

const TELLS_WHERE = "A leader tells index and term of the entry that it appended";
const TAKES_ALL = "A leader appends every command that it is given";
const HANDOUT = "handout";

/** What becomes of a command that a server is given, and of the log of a new leader. */
export const PROPOSALS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "elects-and-nothing-more",
    edits: [
      { find: NOT_LEADER, replace: "    if (this.currentTerm >= 0) return undefined;\n" },
      {
        find: "    // What a snapshot covers is committed, so it matches.\n",
        replace: "    if (request.entries.length > 0) return { term: this.currentTerm, success: false };\n",
      },
    ],
    title: "elects leaders, and refuses every command and every entry",
    symptom: "nothing is ever committed",
    rule: "If a command is received from a client: append it to the local log",
    section: "Figure 2, leaders",
    everyScene: true,
  },
  {
    ...RAFT,
    name: "follower-takes-commands",
    edits: [{ find: NOT_LEADER, replace: "" }],
    title: "appends a command although it does not lead",
    symptom: "two servers give one index and one term to different commands",
    rule: "A leader creates at most one entry for an index in a term, and nobody else creates any",
    section: "§5.3, Figure 3",
  },
  {
    ...RAFT,
    name: "candidate-takes-commands",
    edits: [{ find: NOT_LEADER, replace: '    if (this.role === "follower") return undefined;\n' }],
    title: "appends a command while it is still a candidate",
    symptom: "two servers give one index and one term to different commands",
    rule: "A leader creates at most one entry for an index in a term, and nobody else creates any",
    section: "§5.3, Figure 3",
  },
  {
    ...RAFT,
    name: "tells-the-index-before",
    edits: [
      {
        find: WHERE,
        replace: "    return { index: this.log.lastIndex - 1, term: this.currentTerm };\n",
      },
    ],
    title: "tells the index that the entry would have, counted from 0",
    symptom: "a client takes another command's entry for its own",
    rule: TELLS_WHERE,
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "tells-the-next-commit-index",
    edits: [
      {
        find: WHERE,
        replace: "    return { index: this.commitIndex + 1, term: this.currentTerm };\n",
      },
    ],
    title: "tells the index behind the last committed entry",
    symptom: "of two commands at once both clients wait for the same entry",
    rule: TELLS_WHERE,
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "tells-the-term-before",
    edits: [
      {
        find: APPEND,
        replace: `    const term = this.log.lastTerm;\n${APPEND}`,
      },
      { find: WHERE, replace: "    return { index: this.log.lastIndex, term };\n" },
    ],
    title: "tells the last term of its log as it was before",
    symptom: "the first client of a new leader is told that its command was lost",
    rule: TELLS_WHERE,
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "swallows-a-repeated-command",
    edits: [
      {
        find: APPEND,
        replace:
          "    const last = this.log.at(this.log.lastIndex);\n" +
          "    if (last !== undefined && JSON.stringify(last.command) === JSON.stringify(command)) {\n" +
          "      return { index: this.log.lastIndex, term: last.term };\n" +
          "    }\n" +
          APPEND,
      },
    ],
    title: "takes a command that equals the last one for a repetition",
    symptom: "a counter that is to be raised twice is raised once",
    rule: TAKES_ALL,
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "falsy-command-is-none",
    edits: [{ find: NOT_LEADER, replace: '    if (this.role !== "leader" || !command) return undefined;\n' }],
    title: "refuses 0, the empty string, false and null",
    symptom: "a client may store anything but a zero",
    rule: "A command is any plain data",
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "one-command-at-a-time",
    edits: [
      {
        find: NOT_LEADER,
        replace: `${NOT_LEADER}    if (this.commitIndex < this.log.lastIndex) return undefined;\n`,
      },
    ],
    title: "takes a command only when all before it are committed",
    symptom: "clients that come together are sent away",
    rule: TAKES_ALL,
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "no-op-on-election",
    bug: 37,
    edits: [
      {
        find: "    this.sendHeartbeats(); // at once",
        replace: "    this.propose(null);\n    this.sendHeartbeats(); // at once",
      },
    ],
    title: "a new leader appends an entry of its own",
    symptom: "services are handed commands that nobody gave",
    rule: "In this course Raft appends nothing of its own accord",
    section: HANDOUT,
  },
  {
    ...RAFT,
    name: "new-leader-drops-open-entries",
    edits: [
      { find: LOG_FIELD, replace: "  private log: Log;\n" },
      {
        find: LEADS,
        replace:
          `${LEADS}    const sure = this.commitIndex - this.log.baseIndex;\n` +
          "    this.log = new Log(this.log.entries.slice(0, sure), this.log.snapshot);\n" +
          "    this.persist();\n",
      },
    ],
    title: "a new leader removes all entries that it does not know to be committed",
    symptom: "committed entries are lost when their leader crashes before it has told everybody",
    rule: "A leader never overwrites or deletes entries in its log",
    section: "§5.3, Figure 3",
  },
  {
    ...RAFT,
    name: "new-leader-signs-old-entries",
    edits: [
      { find: LOG_FIELD, replace: "  private log: Log;\n" },
      {
        find: LEADS,
        replace:
          `${LEADS}    const sure = this.commitIndex - this.log.baseIndex;\n` +
          "    const term = this.currentTerm;\n" +
          "    const signed = this.log.entries.map((entry, i) => (i < sure ? entry : { ...entry, term }));\n" +
          "    this.log = new Log(signed, this.log.snapshot);\n" +
          "    this.persist();\n",
      },
    ],
    title: "a new leader gives its own term to the entries that may not be committed yet",
    symptom: "servers that applied them disagree with it about their terms",
    rule: "An entry keeps the term in which a leader received it",
    section: "§5.4.2; Figure 3",
  },
  {
    ...RAFT,
    name: "new-leader-proposes-open-entries-again",
    edits: [
      {
        find: LEADS,
        replace:
          `${LEADS}    const open = this.log.entries.slice(this.commitIndex - this.log.baseIndex);\n` +
          "    for (const { command } of open) this.log.append({ term: this.currentTerm, command });\n" +
          "    this.persist();\n",
      },
    ],
    title: "a new leader appends the entries that may not be committed yet once more",
    symptom: "after a change of leaders commands are executed twice",
    rule: "A leader commits entries of earlier terms by committing one of its own behind them",
    section: "§5.4.2",
  },
  {
    ...RAFT,
    name: "deposed-leader-drops-open-entries",
    edits: [
      { find: LOG_FIELD, replace: "  private log: Log;\n" },
      {
        find: "    this.ctx.note(`no longer leads term ${this.currentTerm}`);\n",
        replace:
          "    this.ctx.note(`no longer leads term ${this.currentTerm}`);\n" +
          "    const sure = this.commitIndex - this.log.baseIndex;\n" +
          "    this.log = new Log(this.log.entries.slice(0, sure), this.log.snapshot);\n" +
          "    this.persist();\n",
      },
    ],
    title: "a leader that steps down removes what it has not committed",
    symptom: "an entry that the others had committed already is missing when it is needed",
    rule: "Only a conflict removes entries: same index, different terms",
    section: "Figure 2, AppendEntries receiver 3; §5.3",
  },
];
