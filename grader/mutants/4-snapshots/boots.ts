import type { Mutant } from "../mutant";

const RAFT = { lab: 4, file: "raft/raft.ts", section: "§7; handout" } as const;

const RESTORE_AT_BOOT = "      if (saved.snapshot !== null) this.restoreService(saved.snapshot);\n";
const BOOT_LOG = "    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);\n";
const SAVE = "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n";
const RAISE = "    this.commitIndex = lastIncludedIndex;\n    this.lastApplied = lastIncludedIndex;\n";
const RESTORE = "    this.ctx.restore(lastIncludedIndex, lastIncludedTerm, data);\n";

const RESTORED_FIRST = "A boot with a snapshot restores it before anything is applied";
const TOGETHER = "Log and snapshot are saved together: one without the other has no meaning";
const RAISED = "What a snapshot holds is applied: commitIndex and lastApplied are at least lastIncludedIndex";

/** A snapshot on its way to the disk and back. */
export const BOOTS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "boot-without-the-snapshot",
    bug: 49,
    edits: [
      { find: BOOT_LOG, replace: "    this.log = new Log(saved?.log ?? [], null);\n" },
      { find: RESTORE_AT_BOOT, replace: "" },
    ],
    title: "reads the log of its disk and not the snapshot",
    symptom: "after a restart the entries behind a snapshot are taken for the first ones",
    rule: RESTORED_FIRST,
  },
  {
    ...RAFT,
    name: "boot-restores-nothing",
    bug: 49,
    edits: [
      {
        find: RESTORE_AT_BOOT,
        replace:
          "      this.commitIndex = this.log.baseIndex;\n      this.lastApplied = this.log.baseIndex;\n",
      },
    ],
    title: "goes on behind its snapshot after a restart without handing it to the service",
    symptom: "a restarted service has forgotten all that the snapshot holds",
    rule: RESTORED_FIRST,
  },
  {
    ...RAFT,
    name: "boot-restores-later",
    bug: 53,
    edits: [
      {
        find: RESTORE_AT_BOOT,
        replace:
          "      this.commitIndex = this.log.baseIndex;\n" +
          "      this.lastApplied = this.log.baseIndex;\n" +
          '      if (saved.snapshot !== null) this.ctx.setTimer("restore", 1500);\n',
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
    title: "restores its snapshot a second after the restart",
    symptom: "entries are applied to an empty service, and the snapshot then takes them back",
    rule: RESTORED_FIRST,
  },
  {
    ...RAFT,
    name: "boot-does-not-raise-the-indices",
    bug: 50,
    edits: [
      {
        find: RESTORE_AT_BOOT,
        replace:
          "      if (saved.snapshot !== null) {\n" +
          "        const { lastIncludedIndex, lastIncludedTerm, data } = saved.snapshot;\n" +
          "        this.ctx.restore(lastIncludedIndex, lastIncludedTerm, data);\n" +
          "      }\n",
      },
    ],
    title: "hands its snapshot to the service after a restart, and waits for entry 1",
    symptom: "a server that was restarted applies nothing any more",
    rule: RAISED,
  },
  {
    ...RAFT,
    name: "restore-does-not-raise-the-indices",
    bug: 50,
    edits: [{ find: RAISE, replace: "" }],
    title: "hands a snapshot to the service, and waits for the entry that was next before",
    symptom: "a server that got a snapshot applies nothing any more",
    rule: RAISED,
  },
  {
    ...RAFT,
    name: "skips-the-entry-behind-the-snapshot",
    bug: 50,
    edits: [
      {
        find: RAISE,
        replace: "    this.commitIndex = lastIncludedIndex;\n    this.lastApplied = lastIncludedIndex + 1;\n",
      },
    ],
    title: "takes the entry behind a snapshot for applied",
    symptom: "one command is missing in every service that was restored",
    rule: RAISED,
  },
  {
    ...RAFT,
    name: "what-follows-a-snapshot-counts-as-committed",
    edits: [
      {
        find: RAISE,
        replace: "    this.commitIndex = this.log.lastIndex;\n    this.lastApplied = lastIncludedIndex;\n",
      },
    ],
    title: "takes the entries behind a snapshot for committed",
    symptom: "an entry that is overwritten later has been applied already",
    rule: "Only what a snapshot holds is known to be committed",
  },
  {
    ...RAFT,
    name: "restores-in-its-own-term",
    bug: 56,
    edits: [{ find: RESTORE, replace: "    this.ctx.restore(lastIncludedIndex, this.currentTerm, data);\n" }],
    title: "hands up its current term instead of that of the last entry in the snapshot",
    symptom: "a service that compares terms takes its own past for another's",
    rule: "A snapshot carries the term of its last entry",
    section: "Figure 13; handout",
  },
  {
    ...RAFT,
    name: "next-save-loses-the-snapshot",
    bug: 49,
    edits: [
      {
        find: SAVE,
        replace: SAVE.replace("snapshot: log.snapshot", "snapshot: null"),
      },
      {
        find: "    this.log.compact(index, data);\n    this.persist();\n",
        replace:
          "    this.log.compact(index, data);\n" +
          "    const { currentTerm, votedFor, log } = this;\n" +
          `${SAVE}`,
      },
    ],
    title: "saves a snapshot when it is taken, and null with every later save",
    symptom: "after a restart the beginning of the log is gone, and its rest has the wrong indices",
    rule: TOGETHER,
  },
  {
    ...RAFT,
    name: "saves-a-snapshot-without-its-data",
    bug: 49,
    edits: [
      {
        find: SAVE,
        replace:
          "    const bare = log.snapshot && { ...log.snapshot, data: null };\n" +
          SAVE.replace("snapshot: log.snapshot", "snapshot: bare"),
      },
    ],
    title: "saves index and term of a snapshot, and not the state of the service",
    symptom: "a restarted service is handed nothing in place of all that it knew",
    rule: TOGETHER,
  },
  {
    ...RAFT,
    name: "snapshot-wipes-the-vote",
    bug: 47,
    edits: [
      {
        find: "    this.log.compact(index, data);\n    this.persist();\n",
        replace:
          "    this.log.compact(index, data);\n" +
          "    const { currentTerm, log } = this;\n" +
          SAVE.replace("votedFor", "votedFor: null"),
      },
    ],
    title: "saves log and snapshot without the vote when the service offers one",
    symptom: "a voter that crashes votes again in the same term, and two servers lead it",
    rule: "What is saved is the whole state; a save replaces the one before",
    section: "handout",
  },
  {
    ...RAFT,
    name: "log-saved-before-the-snapshot",
    edits: [
      {
        find: "    this.log.compact(index, data);\n    this.persist();\n",
        replace:
          "    const { currentTerm, votedFor, log } = this;\n" +
          "    const { snapshot } = log;\n" +
          "    log.compact(index, data);\n" +
          "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot });\n" +
          "    this.persist();\n",
      },
    ],
    title: "saves the shorter log first and the snapshot afterwards",
    symptom: "a server that crashes between the two has lost its committed entries",
    rule: TOGETHER,
  },
  {
    ...RAFT,
    name: "snapshot-saved-before-the-log",
    edits: [
      {
        find: "    this.log.compact(index, data);\n    this.persist();\n",
        replace:
          "    const { currentTerm, votedFor, log } = this;\n" +
          "    const entries = [...log.entries];\n" +
          "    log.compact(index, data);\n" +
          "    this.ctx.save({ currentTerm, votedFor, log: entries, snapshot: log.snapshot });\n" +
          "    this.persist();\n",
      },
    ],
    title: "saves the snapshot first and the shorter log afterwards",
    symptom: "a server that crashes between the two takes entry 1 for the one behind the snapshot",
    rule: TOGETHER,
  },
];
