import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts", section: "Figure 2, all servers" } as const;

const IN_ORDER = "If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied]";

const RAISE = "    this.commitIndex = Math.max(this.commitIndex, index);\n";
const WHILE = "    while (this.lastApplied < this.commitIndex) {\n";
const APPLY = "      this.ctx.apply(this.lastApplied, entry.term, entry.command);\n";
const LOOP =
  WHILE +
  "      const entry = this.log.at(this.lastApplied + 1);\n" +
  "      if (entry === undefined) return;\n" +
  "      this.lastApplied += 1;\n" +
  `${APPLY}    }\n`;

/** Committed entries on their way to the service. */
export const APPLIES: readonly Mutant[] = [
  {
    ...RAFT,
    name: "applies-nothing",
    edits: [{ find: WHILE, replace: "    while (this.lastApplied > this.commitIndex) {\n" }],
    title: "replicates and commits, and hands nothing to the service",
    symptom: "no client ever gets an answer",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applies-one-too-many",
    edits: [{ find: WHILE, replace: "    while (this.lastApplied <= this.commitIndex) {\n" }],
    title: "applies the entry behind the last committed one as well",
    symptom: "an entry that is overwritten later has been applied already",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applies-one-too-few",
    edits: [{ find: WHILE, replace: "    while (this.lastApplied < this.commitIndex - 1) {\n" }],
    title: "applies an entry when the next one is committed",
    symptom: "the last command of every client hangs until another client comes",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applied-index-goes-back",
    bug: 54,
    edits: [
      { find: RAISE, replace: "    this.commitIndex = index;\n" },
      { find: LOOP, replace: `${LOOP}    this.lastApplied = this.commitIndex;\n` },
    ],
    title: "sets lastApplied to whatever commit index it heard last",
    symptom: "after messages that overtook each other entries are applied again",
    rule: "commitIndex and lastApplied increase monotonically",
    section: "Figure 2, state",
  },
  {
    ...RAFT,
    name: "new-leader-applies-again",
    bug: 42,
    edits: [
      {
        find: "    this.sendHeartbeats(); // at once",
        replace: "    this.lastApplied = 0;\n    this.sendHeartbeats(); // at once",
      },
    ],
    title: "a new leader begins to apply from the beginning",
    symptom: "after each change of leaders one service has executed every command twice",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applies-only-the-newest",
    edits: [
      {
        find: WHILE,
        replace: `    this.lastApplied = Math.max(this.lastApplied, this.commitIndex - 1);\n${WHILE}`,
      },
    ],
    title: "applies the entry at the commit index, and not those before it",
    symptom: "of commands that are committed together only the last one is executed",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applies-newest-first",
    bug: 42,
    edits: [
      {
        find: LOOP,
        replace:
          "    for (let i = this.commitIndex; i > this.lastApplied; i -= 1) {\n" +
          "      const entry = this.log.at(i);\n" +
          "      if (entry !== undefined) this.ctx.apply(i, entry.term, entry.command);\n" +
          "    }\n" +
          "    this.lastApplied = this.commitIndex;\n",
      },
    ],
    title: "applies what is committed together beginning with the last entry",
    symptom: "services execute the same commands in different orders",
    rule: IN_ORDER,
  },
  {
    ...RAFT,
    name: "applies-in-its-own-term",
    edits: [
      { find: APPLY, replace: "      this.ctx.apply(this.lastApplied, this.currentTerm, entry.command);\n" },
    ],
    title: "hands up its current term instead of the entry's",
    symptom: "a client whose leader changed is told that its command was lost, and sends it again",
    rule: "An entry is applied with the term in which a leader received it",
    section: "Figure 2, state; handout",
  },
  {
    ...RAFT,
    name: "applies-from-zero",
    edits: [
      {
        find: APPLY,
        replace: "      this.ctx.apply(this.lastApplied - 1, entry.term, entry.command);\n",
      },
    ],
    title: "counts the entries that it hands up from 0",
    symptom: "the service waits for entry 1 and is given entry 0",
    rule: "The first index is 1",
    section: "Figure 2, state",
  },
  {
    ...RAFT,
    name: "applies-one-entry-a-heartbeat",
    bug: 41,
    edits: [{ find: WHILE, replace: "    if (this.lastApplied < this.commitIndex) {\n" }],
    title: "applies one entry whenever it hears of the commit index",
    symptom: "a server that fell behind needs minutes for what it could do at once",
    rule: IN_ORDER,
  },
];
