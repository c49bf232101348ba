import type { Mutant } from "../mutant";

const SERVER = { lab: 5, file: "kv/server.ts", section: "§8; thesis, chapter 6" } as const;

const COMMITTED = "A client is answered once its command is committed and executed";
const ITS_OWN = "A client is answered with what became of its own command";
const RELEASED = "A deposed leader answers those who wait, and tells them to try elsewhere";
const IMAGE = "A snapshot is the whole state after one entry, and replaces the state (§7)";
const SMALL = "The log is discarded once it has grown beyond maxStateBytes (§7; MIT 6.5840, Lab 4B)";

/** A service that answers too early, the wrong one, or nobody. */
export const SERVER_BUGS: readonly Mutant[] = [
  {
    ...SERVER,
    name: "executes-when-proposed",
    edits: [
      {
        find: '    this.proposed.set(index, { term, call });\n    return "later";\n',
        replace:
          '    if (command.kind === "write") {\n' +
          "      const answer = this.sessions.once(command.session, command.sequence, () => this.store.execute(command.write));\n" +
          '      this.ctx.reply(call, answer === undefined ? { status: "sessionExpired" } : { status: "ok", answer, index });\n' +
          "    } else this.proposed.set(index, { term, call });\n" +
          '    return "later";\n',
      },
    ],
    title: "executes a write and answers as soon as Raft has taken it",
    symptom: "a write that was acknowledged is lost with its leader",
    rule: COMMITTED,
  },
  {
    ...SERVER,
    name: "answers-by-index-alone",
    edits: [
      {
        find: "if (waiting?.term === term && outcome !== undefined)",
        replace: "if (waiting !== undefined && outcome !== undefined)",
      },
      {
        find: "    else for (const index of [...this.proposed.keys()]) this.giveUp(index);\n",
        replace: "",
      },
    ],
    title: "takes whatever is applied at an index for the command that it proposed there",
    symptom: "a client is told that its write was done, but another leader's was",
    rule: ITS_OWN,
  },
  {
    ...SERVER,
    name: "silent-when-deposed",
    bug: 62,
    edits: [
      {
        find: "    else for (const index of [...this.proposed.keys()]) this.giveUp(index);\n",
        replace: "",
      },
      { find: "      this.giveUp(index); // another leader's command took the place\n", replace: "" },
    ],
    title: "never tells those who wait at a deposed leader",
    symptom: "a client that waits patiently waits for ever",
    rule: RELEASED,
  },
  {
    ...SERVER,
    name: "silent-about-lost-reads",
    edits: [
      {
        find: "    if (index === undefined) this.ctx.reply(read.call, this.notLeader());\n    else this.when(index, read);\n",
        replace: "    if (index !== undefined) this.when(index, read);\n",
      },
    ],
    title: "says nothing when Raft could not find out the index of a read",
    symptom: "a client that waits patiently waits for ever",
    rule: RELEASED,
  },
  {
    ...SERVER,
    name: "follower-keeps-silent",
    edits: [
      {
        find: "    if (proposal === undefined) return this.notLeader();\n",
        replace: '    if (proposal === undefined) return "later";\n',
      },
    ],
    title: "does not answer a write that it cannot take",
    symptom: "clients lose their patience at each server before they find the leader",
    rule: "A server that does not lead says so, and who does (§8)",
  },
  {
    ...SERVER,
    name: "points-at-itself",
    edits: [
      {
        find: '    return leader === undefined ? { status: "notLeader" } : { status: "notLeader", leader };\n',
        replace:
          '    return leader === undefined ? { status: "notLeader" } : { status: "notLeader", leader: this.ctx.id };\n',
      },
    ],
    title: "names itself when it says that another one leads",
    symptom: "clients ask it again and again",
    rule: "A server that does not lead says so, and who does (§8)",
  },
  {
    ...SERVER,
    name: "names-somebody",
    edits: [
      {
        find: '    return leader === undefined ? { status: "notLeader" } : { status: "notLeader", leader };\n',
        replace:
          "    const next = this.ctx.peers.find((id) => id > this.ctx.id) ?? this.ctx.peers[0] ?? 0;\n" +
          '    return { status: "notLeader", leader: leader === undefined ? 0 : next };\n',
      },
    ],
    title: "names a server that has never led as the leader",
    symptom: "clients are sent in circles",
    rule: "A server that does not lead says so, and who does (§8)",
  },
  {
    ...SERVER,
    name: "answers-without-an-index",
    edits: [
      {
        find: 'this.ctx.reply(waiting.call, outcome.status === "ok" ? { ...outcome, index } : outcome);',
        replace:
          'this.ctx.reply(waiting.call, outcome.status === "ok" ? { ...outcome, index: 0 } : outcome);',
      },
    ],
    title: "does not say how far it has applied the log",
    symptom: "a client that goes elsewhere does not know what to demand there",
    rule: "An answer says how far the server had applied the log (contract)",
  },
  {
    ...SERVER,
    name: "image-before-the-entry",
    edits: [
      {
        find: "    const outcome = this.execute(index, command as Command);\n    this.lastApplied = index;\n",
        replace:
          "    this.lastApplied = index;\n    this.compact();\n    const outcome = this.execute(index, command as Command);\n",
      },
      {
        find: "    this.catchUp();\n    this.compact();\n  }\n\n  private execute(",
        replace: "    this.catchUp();\n  }\n\n  private execute(",
      },
    ],
    title: "takes the snapshot at an entry before it has executed it",
    symptom: "the entry at the end of a snapshot is missing after a restart",
    rule: IMAGE,
  },
  {
    ...SERVER,
    name: "restore-keeps-the-keys",
    edits: [
      {
        find: "    this.store = new Store(keys);\n",
        replace: "    if (this.lastApplied === 0) this.store = new Store(keys);\n",
      },
    ],
    title: "keeps its keys when a snapshot arrives in the middle of its life",
    symptom: "a server that was far behind answers with old values",
    rule: IMAGE,
  },
  {
    ...SERVER,
    name: "restore-forgets-the-index",
    edits: [
      { find: "    this.lastApplied = index;\n    for (const passed", replace: "    for (const passed" },
    ],
    title: "does not note how far the state of a snapshot goes",
    symptom: "reads wait for entries that the snapshot covers",
    rule: IMAGE,
  },
  {
    ...SERVER,
    name: "snapshot-without-versions",
    edits: [
      {
        find: "{ keys: this.store.toData(), sessions",
        replace: "{ keys: this.store.toData().map((key) => ({ ...key, version: 1 })), sessions",
      },
    ],
    title: "leaves the versions out of the snapshot",
    symptom: "after a restart versions are given a second time",
    rule: IMAGE,
  },
  {
    ...SERVER,
    name: "service-never-compacts",
    edits: [{ find: "    this.catchUp();\n    this.compact();\n", replace: "    this.catchUp();\n" }],
    title: "never hands down a snapshot",
    symptom: "the log grows for ever",
    rule: SMALL,
  },
  {
    ...SERVER,
    name: "service-compacts-as-leader-only",
    edits: [
      {
        find: "this.ctx.savedBytes() <= maxStateBytes + this.unfinished) return;",
        replace:
          "this.ctx.savedBytes() <= maxStateBytes + this.unfinished || !this.raft.status().isLeader) return;",
      },
    ],
    title: "leaves snapshots to the leader",
    symptom: "the logs of followers grow for ever",
    rule: SMALL,
  },
];
