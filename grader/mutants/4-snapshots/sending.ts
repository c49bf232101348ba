import type { Mutant } from "../mutant";

const RAFT = { lab: 4, file: "raft/raft.ts", section: "§7" } as const;

const CHOICE = "    if (nextIndex <= this.log.baseIndex) return this.sendSnapshot(peer);\n";
const PREV = "    const prevLogIndex = nextIndex - 1;\n";
const SENT = "    this.followers.sent(peer, snapshot.lastIncludedIndex);\n";
const CALL = '    this.ctx.call(peer, "installSnapshot", { ...sender, ...snapshot });\n';
const LEADS_STILL = "    if (!this.stillLeads(from, reply.term, request.term)) return;\n";
const HELD = "    this.followerHolds(from, request.lastIncludedIndex);\n";

const SENDS = "A leader sends a snapshot to a follower that needs entries which it has discarded";
const FROM_THE_CALL = "An answer confirms the snapshot of the very call that it answers";

/** A leader whose follower needs what was discarded. */
export const SENDING: readonly Mutant[] = [
  {
    ...RAFT,
    name: "snapshot-never-sent",
    edits: [
      { find: CHOICE, replace: "" },
      {
        find: PREV + "    const entries = this.log.from(nextIndex,",
        replace:
          "    const prevLogIndex = Math.max(nextIndex - 1, this.log.baseIndex);\n" +
          "    const entries = this.log.from(prevLogIndex + 1,",
      },
    ],
    title: "sends the entries that it has, whatever the follower lacks",
    symptom: "a server that was away while the logs were compacted never comes back",
    rule: SENDS,
  },
  {
    ...RAFT,
    name: "sends-from-before-its-log",
    bug: 57,
    edits: [{ find: CHOICE, replace: "" }],
    title: "counts backwards from the end of its log for entries that it has discarded",
    symptom: "a follower is sent the newest entries under the oldest indices",
    rule: SENDS,
  },
  {
    ...RAFT,
    name: "snapshot-one-entry-too-late",
    bug: 57,
    edits: [{ find: CHOICE, replace: CHOICE.replace("nextIndex <=", "nextIndex <") }],
    title: "sends entries to a follower that needs just the last one which it has discarded",
    symptom: "that follower is sent other entries in its place",
    rule: SENDS,
  },
  {
    ...RAFT,
    name: "snapshot-answer-confirms-nothing",
    edits: [
      { find: SENT, replace: "" },
      { find: HELD, replace: "    if (request.lastIncludedIndex < 0) this.followerHolds(from, 0);\n" },
    ],
    title: "does not note that a follower has the snapshot",
    symptom: "the snapshot is sent for ever, and never what follows it",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "no-heartbeat-beside-a-snapshot",
    edits: [
      {
        find: '  private role: Role = "follower";\n',
        replace: '  private role: Role = "follower";\n  private readonly installing = new Set<ServerId>();\n',
      },
      { find: CHOICE, replace: `    if (this.installing.has(peer)) return;\n${CHOICE}` },
      { find: CALL, replace: `${CALL}    this.installing.add(peer);\n` },
      { find: LEADS_STILL + HELD, replace: `    this.installing.delete(from);\n${LEADS_STILL}${HELD}` },
    ],
    title: "sends nothing to a follower until it has confirmed the snapshot",
    symptom: "a follower that a snapshot takes long to reach deposes its leader",
    rule: "While a snapshot is on its way, heartbeats go on",
    section: "§5.2; handout",
  },
  {
    ...RAFT,
    name: "snapshot-confirms-the-whole-log",
    bug: 28,
    edits: [{ find: HELD, replace: "    this.followerHolds(from, this.log.lastIndex);\n" }],
    title: "counts a follower that has the snapshot as one that has all",
    symptom: "entries are committed that no majority has",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "confirms-the-newest-snapshot",
    bug: 28,
    edits: [{ find: HELD, replace: "    this.followerHolds(from, this.log.baseIndex);\n" }],
    title: "takes the answer to a snapshot for one to the snapshot that it has now",
    symptom: "a follower lacks the entries between two snapshots and never gets them",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "snapshot-labelled-with-the-commit-index",
    edits: [
      {
        find: CALL,
        replace:
          '    this.ctx.call(peer, "installSnapshot", {\n' +
          "      ...sender,\n" +
          "      ...snapshot,\n" +
          "      lastIncludedIndex: this.commitIndex,\n" +
          "    });\n",
      },
    ],
    title: "sends an old state as if it were the state at its commit index",
    symptom: "the commands between the two are missing at the follower",
    rule: "lastIncludedIndex is the entry up to which the state was taken",
    section: "Figure 13, arguments",
  },
  {
    ...RAFT,
    name: "snapshot-signed-with-the-current-term",
    bug: 56,
    edits: [
      {
        find: CALL,
        replace: CALL.replace("...snapshot", "...snapshot, lastIncludedTerm: this.currentTerm"),
      },
    ],
    title: "sends its current term as that of the last entry in the snapshot",
    symptom: "logs that agree are taken for different ones, and the other way round",
    rule: "lastIncludedTerm is the term of the entry at lastIncludedIndex",
    section: "Figure 13, arguments",
  },
  {
    ...RAFT,
    name: "deaf-to-answers-to-a-snapshot",
    bug: 14,
    edits: [
      {
        find: LEADS_STILL + HELD,
        replace: `    if (reply.term > this.currentTerm) return;\n${LEADS_STILL}${HELD}`,
      },
    ],
    title: "ignores a higher term in the answer to a snapshot",
    symptom: "a leader that was deposed learns it later than it could",
    rule: "If a response contains a higher term: adopt it, convert to follower",
    section: "§5.1; Figure 2, all servers",
  },
];
