import type { Mutant } from "../mutant";

const LOG = { lab: 2, file: "raft/log.ts" } as const;

const CONFLICT = "Only a conflict removes entries: same index, different terms";
const RECEIVER_3 = "Figure 2, AppendEntries receiver 3; §5.3";
const RECEIVER_4 = "Figure 2, AppendEntries receiver 4";

const FIND = "entries.findIndex(({ term }, i) => this.termAt(prevLogIndex + 1 + i) !== term)";
const FRESH = `    const fresh = ${FIND};\n`;
const NOTHING = "    if (fresh < 0) return false;\n";
const CUT = "    this.kept.length = prevLogIndex + fresh - this.baseIndex;\n";
const TAKE = "    for (const entry of entries.slice(fresh)) this.append(entry);\n";

/** What a follower removes, keeps and takes over. */
export const CONFLICTS: readonly Mutant[] = [
  {
    ...LOG,
    name: "truncates-always",
    bug: 22,
    edits: [
      {
        find: FRESH + NOTHING,
        replace:
          "    const fresh = 0;\n" +
          "    if (entries.length === 0 && this.lastIndex === prevLogIndex) return false;\n",
      },
    ],
    title: "removes whatever stands behind the entries of a call, and behind a heartbeat",
    symptom: "messages that overtake each other erase entries that were acknowledged, even committed ones",
    rule: CONFLICT,
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "short-late-call-truncates",
    bug: 22,
    edits: [{ find: FRESH, replace: "    const fresh = entries.length > 0 ? 0 : -1;\n" }],
    title: "removes whatever stands behind the entries of a call",
    symptom: "a short call that comes late erases entries that were acknowledged, even committed ones",
    rule: CONFLICT,
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "heartbeat-truncates",
    bug: 22,
    edits: [
      {
        find: FRESH,
        replace:
          "    const longer = entries.length === 0 && this.lastIndex > prevLogIndex;\n" +
          `    const fresh = longer ? 0 : ${FIND};\n`,
      },
    ],
    title: "removes whatever stands behind prevLogIndex when a heartbeat comes",
    symptom: "a heartbeat that was sent before the entries and comes after them erases them",
    rule: CONFLICT,
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "conflict-stays",
    bug: 25,
    edits: [
      {
        find: FRESH,
        replace:
          "    const fresh = entries.findIndex((_, i) => this.termAt(prevLogIndex + 1 + i) === undefined);\n",
      },
    ],
    title: "keeps what it has, and takes over only what lies beyond",
    symptom: "entries of a deposed leader are never replaced, and servers apply different commands",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it",
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "conflict-keeps-the-suffix",
    bug: 25,
    edits: [
      {
        find: CUT + TAKE,
        replace:
          "    const start = prevLogIndex + fresh - this.baseIndex;\n" +
          "    this.kept.splice(start, entries.length - fresh, ...entries.slice(fresh));\n",
      },
    ],
    title: "replaces entries one by one and keeps those behind them",
    symptom: "entries of two leaders are mixed in one log",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it",
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "keeps-the-conflicting-entry",
    edits: [
      {
        find: CUT,
        replace:
          "    const end = prevLogIndex + fresh - this.baseIndex;\n" +
          "    this.kept.length = Math.min(this.kept.length, end + 1);\n",
      },
    ],
    title: "removes what follows the conflicting entry, and not that entry itself",
    symptom: "an entry of a deposed leader stays, and all behind it stand one place too far",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it",
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "first-entry-decides",
    edits: [
      {
        find: FRESH,
        replace:
          "    const fresh = entries.findIndex(({ term }, i) => {\n" +
          "      const own = this.termAt(prevLogIndex + 1 + i);\n" +
          "      return i === 0 ? own !== term : own === undefined;\n" +
          "    });\n",
      },
    ],
    title: "compares the first entry of a call and trusts the rest",
    symptom: "a conflict in the middle of a call stays, and servers apply different commands",
    rule: "Each existing entry is compared with the new one of the same index",
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "same-command-is-no-conflict",
    edits: [
      {
        find: FRESH,
        replace:
          "    const fresh = entries.findIndex(({ command }, i) => {\n" +
          "      const own = this.at(prevLogIndex + 1 + i);\n" +
          "      return own === undefined || JSON.stringify(own.command) !== JSON.stringify(command);\n" +
          "    });\n",
      },
    ],
    title: "compares commands where it should compare terms",
    symptom: "a command that two leaders were given keeps its old term, and later votes go wrong",
    rule: CONFLICT,
    section: RECEIVER_3,
  },
  {
    ...LOG,
    name: "keeps-a-longer-log",
    edits: [
      {
        find: NOTHING,
        replace: "    if (fresh < 0 || this.lastIndex > prevLogIndex + entries.length) return false;\n",
      },
    ],
    title: "takes a log that is longer than the leader's for the better one",
    symptom: "entries of a deposed leader stay until the new leader has more of them",
    rule: "A leader makes its followers' logs equal to its own",
    section: "§5.3",
  },
  {
    ...LOG,
    name: "appends-what-it-has",
    edits: [
      { find: FRESH, replace: "    const fresh = entries.length > 0 ? 0 : -1;\n" },
      { find: CUT, replace: "" },
    ],
    title: "appends the entries of every call to the end of its log",
    symptom: "a call that arrives twice puts its commands into the log twice",
    rule: "Append any new entries not already in the log",
    section: RECEIVER_4,
  },
  {
    lab: 2,
    file: "raft/raft.ts",
    name: "stores-entries-in-the-leaders-term",
    edits: [
      {
        find: "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();\n",
        replace:
          "    const { term } = request;\n" +
          "    const entries = request.entries.slice(covered).map(({ command }) => ({ term, command }));\n" +
          "    if (this.log.merge(prevLogIndex, entries)) this.persist();\n",
      },
    ],
    title: "gives new entries the term of the call that brings them",
    symptom: "servers that hold the same commands disagree about their terms, and votes go wrong",
    rule: "An entry keeps the term in which a leader received it",
    section: "§5.3; Figure 2, state",
  },
  {
    ...LOG,
    name: "one-entry-of-a-call",
    edits: [
      {
        find: TAKE,
        replace: "    for (const entry of entries.slice(fresh, fresh + 1)) this.append(entry);\n",
      },
    ],
    title: "takes over the first new entry and confirms all of them",
    symptom: "a leader commits entries that no majority has",
    rule: "Append any new entries not already in the log",
    section: RECEIVER_4,
  },
  {
    ...LOG,
    name: "removed-entries-are-still-found",
    edits: [
      {
        find: "  private kept: LogEntry[];\n",
        replace: "  private kept: LogEntry[];\n  private count: number;\n",
      },
      {
        find: "    this.kept = [...entries];\n",
        replace: "    this.kept = [...entries];\n    this.count = entries.length;\n",
      },
      { find: "    return this.kept;\n", replace: "    return this.kept.slice(0, this.count);\n" },
      { find: "this.baseIndex + this.kept.length;", replace: "this.baseIndex + this.count;" },
      { find: "this.kept.at(-1)?.term", replace: "this.kept[this.count - 1]?.term" },
      {
        find: "this.kept.slice(start, start + most)",
        replace: "this.kept.slice(start, Math.min(start + most, this.count))",
      },
      {
        find: "    this.kept.push(entry);\n",
        replace: "    this.kept[this.count] = entry;\n    this.count += 1;\n",
      },
      { find: "    this.kept.length = prevLogIndex", replace: "    this.count = prevLogIndex" },
      {
        find: "    this.compacted = snapshot;\n",
        replace:
          "    this.count = matches ? this.count - lastIncludedIndex + this.baseIndex : 0;\n" +
          "    this.compacted = snapshot;\n",
      },
    ],
    title: "removes entries by counting them off, and still finds them when it looks up a term",
    symptom: "a leader that has the removed entries is told that they are there, and counts them",
    rule: "If an existing entry conflicts with a new one, delete it and all that follow it",
    section: RECEIVER_3,
  },
];
