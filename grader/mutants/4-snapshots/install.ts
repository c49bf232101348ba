import type { Mutant } from "../mutant";

const RAFT = { lab: 4, file: "raft/raft.ts", section: "Figure 13" } as const;
const LOG = { lab: 4, file: "raft/log.ts", section: "Figure 13" } as const;

const STALE = "    if (request.term < this.currentTerm) return { term: this.currentTerm };\n";
const OLD =
  "    if (lastIncludedIndex <= this.commitIndex) return { term: this.currentTerm }; // all of it is here already\n";
const INSTALL = "    this.log.install(snapshot);\n    this.persist();\n    this.restoreService(snapshot);\n";
const SIGNATURE =
  "  installSnapshot(_from: ServerId, request: InstallSnapshotRequest): InstallSnapshotReply {\n";
const KEPT = "    this.kept = matches ? this.kept.slice(lastIncludedIndex - this.baseIndex) : [];\n";
const MERGE = "    if (this.log.merge(prevLogIndex, request.entries.slice(covered))) this.persist();\n";

const NEVER_BACK = "State never goes back: a snapshot of what is here already changes nothing";
const RETAIN = "If an existing entry has index and term of the snapshot's last one, retain what follows it";
const DISCARD = "Without such an entry: discard the entire log";
const BEFORE_ANSWER = "What an answer promises is on the disk before it leaves";
const RESET = "The service is reset with what the snapshot holds";
const COVERED = "What a snapshot covers is committed, so it matches";

/** What a follower does with a snapshot, and with entries that overlap one. */
export const INSTALL_SNAPSHOT: readonly Mutant[] = [
  {
    ...RAFT,
    name: "old-snapshot-is-installed",
    bug: 52,
    edits: [{ find: OLD, replace: "" }],
    title: "installs every snapshot that it is sent",
    symptom: "a snapshot that was long on its way takes back what was applied since",
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "snapshot-compared-with-the-last-snapshot",
    bug: 52,
    edits: [{ find: OLD, replace: OLD.replace("this.commitIndex", "this.log.baseIndex") }],
    title: "installs a snapshot that is newer than its own one, though older than what it has applied",
    symptom: "a snapshot that was long on its way takes back what was applied since",
    rule: NEVER_BACK,
  },
  {
    ...RAFT,
    name: "snapshot-compared-with-the-log-end",
    edits: [{ find: OLD, replace: OLD.replace("this.commitIndex", "this.log.lastIndex") }],
    title: "ignores a snapshot that ends before its own log does, whatever is in that log",
    symptom: "a server with entries of a deposed leader never gets the right ones, though it says so",
    rule: DISCARD,
    section: "Figure 13, receiver 7",
  },
  {
    ...LOG,
    name: "snapshot-drops-the-suffix",
    edits: [{ find: KEPT, replace: "    this.kept = [];\n" }],
    title: "throws its whole log away for a snapshot",
    symptom: "entries that were confirmed, even committed, are gone after a late snapshot",
    rule: RETAIN,
    section: "Figure 13, receiver 6",
  },
  {
    ...LOG,
    name: "snapshot-keeps-a-conflicting-suffix",
    edits: [
      { find: KEPT, replace: "    this.kept = this.kept.slice(lastIncludedIndex - this.baseIndex);\n" },
    ],
    title: "keeps what follows a snapshot, even if the entry at its end is another one",
    symptom: "entries of a deposed leader stand behind a snapshot of its successor",
    rule: DISCARD,
    section: "Figure 13, receiver 7",
  },
  {
    ...RAFT,
    name: "own-snapshot-drops-the-suffix",
    edits: [
      {
        find: "    this.log.compact(index, data);\n",
        replace:
          "    const last = { lastIncludedIndex: index, lastIncludedTerm: -1, data };\n" +
          "    const lastIncludedTerm = this.log.termAt(index) ?? 0;\n" +
          "    this.log.install(last);\n" +
          "    this.log.install({ ...last, lastIncludedTerm });\n",
      },
    ],
    title: "throws its whole log away when its own service offers a snapshot",
    symptom: "whatever was on its way to a majority is lost at its leader",
    rule: "A snapshot replaces the entries up to its index, and none behind it",
    section: "§7",
  },
  {
    ...RAFT,
    name: "snapshot-never-saved",
    edits: [
      { find: INSTALL, replace: "    this.log.install(snapshot);\n    this.restoreService(snapshot);\n" },
    ],
    title: "installs a snapshot without saving it",
    symptom: "a server that crashes after it has confirmed a snapshot has neither it nor the entries",
    rule: BEFORE_ANSWER,
  },
  {
    ...RAFT,
    name: "snapshot-confirmed-before-it-is-saved",
    edits: [
      {
        find: SIGNATURE,
        replace:
          "  installSnapshot(\n" +
          "    _from: ServerId,\n" +
          "    request: InstallSnapshotRequest,\n" +
          "    call: number,\n" +
          '  ): InstallSnapshotReply | "later" {\n',
      },
      {
        find: INSTALL + "    return { term: this.currentTerm };\n",
        replace: `    this.ctx.reply(call, { term: this.currentTerm });\n${INSTALL}    return "later";\n`,
      },
    ],
    title: "confirms a snapshot and saves it afterwards",
    symptom: "a server that crashes between the two has neither the snapshot nor the entries",
    rule: BEFORE_ANSWER,
  },
  {
    ...RAFT,
    name: "snapshot-saved-before-it-is-installed",
    edits: [
      {
        find: "    this.log.install(snapshot);\n    this.persist();\n",
        replace: "    this.persist();\n    this.log.install(snapshot);\n",
      },
    ],
    title: "saves first and installs the snapshot afterwards",
    symptom: "a server that crashes after it has confirmed a snapshot has neither it nor the entries",
    rule: BEFORE_ANSWER,
  },
  {
    ...RAFT,
    name: "installs-and-tells-nobody",
    edits: [
      {
        find: INSTALL,
        replace:
          "    this.log.install(snapshot);\n" +
          "    this.persist();\n" +
          "    this.commitIndex = lastIncludedIndex;\n" +
          "    this.lastApplied = lastIncludedIndex;\n",
      },
    ],
    title: "installs a snapshot in its log and does not hand it to the service",
    symptom: "a service executes new commands upon an old state",
    rule: RESET,
    section: "Figure 13, receiver 8",
  },
  {
    ...RAFT,
    name: "restores-behind-the-apply",
    bug: 53,
    edits: [
      {
        find: INSTALL,
        replace:
          "    this.log.install(snapshot);\n" +
          "    this.persist();\n" +
          "    this.commitIndex = lastIncludedIndex;\n" +
          "    this.lastApplied = lastIncludedIndex;\n" +
          '    this.ctx.setTimer("restore", 20);\n',
      },
      {
        find: '      case "heartbeat":\n',
        replace:
          '      case "restore":\n' +
          "        if (this.log.snapshot !== null) this.restoreService(this.log.snapshot);\n" +
          "        return;\n" +
          '      case "heartbeat":\n',
      },
    ],
    title: "hands a snapshot to the service a moment later, and entries at once",
    symptom: "entries are applied to an old state, and the snapshot then takes them back",
    rule: RESET,
    section: "Figure 13, receiver 8",
  },
  {
    ...RAFT,
    name: "snapshot-of-a-former-leader",
    edits: [
      {
        find: `${STALE}    this.follow(request);\n    const { lastIncludedIndex`,
        replace: "    this.follow(request);\n    const { lastIncludedIndex",
      },
    ],
    title: "takes a snapshot from a leader of an older term",
    symptom: "a leader steps down for one that was deposed long ago",
    rule: "Reply immediately if term < currentTerm",
    section: "Figure 13, receiver 1",
  },
  {
    ...RAFT,
    name: "snapshot-brings-no-term",
    edits: [
      {
        find: `${STALE}    this.follow(request);\n    const { lastIncludedIndex`,
        replace: `${STALE}    const { lastIncludedIndex`,
      },
    ],
    title: "does not look at the term of a snapshot's sender",
    symptom: "a leader that was deposed goes on although its successor sends it a snapshot",
    rule: "If a request contains a higher term: adopt it, convert to follower",
    section: "§5.1; Figure 2, all servers",
  },
  {
    ...RAFT,
    name: "merges-what-its-snapshot-covers",
    bug: 57,
    edits: [{ find: MERGE, replace: MERGE.replace(".slice(covered)", "") }],
    title: "appends entries behind its snapshot that the snapshot covers",
    symptom: "entries stand in the log twice, the second time at wrong indices",
    rule: COVERED,
    section: "§5.3, §7",
  },
  {
    ...RAFT,
    name: "drops-a-call-that-begins-in-its-snapshot",
    bug: 57,
    edits: [
      {
        find: MERGE,
        replace: `    if (covered > 0) return { term: this.currentTerm, success: true };\n${MERGE}`,
      },
    ],
    title: "confirms a call that begins before the end of its snapshot without a look at the rest",
    symptom: "a leader commits entries that no majority has",
    rule: "Append any new entries not already in the log",
    section: "Figure 2, AppendEntries receiver 4; §7",
  },
];
