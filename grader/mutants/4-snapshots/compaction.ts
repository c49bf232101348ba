import type { Mutant } from "../mutant";

const RAFT = { lab: 4, file: "raft/raft.ts", section: "§7" } as const;
const LOG = { lab: 4, file: "raft/log.ts", section: "§7" } as const;

const LATE = "    if (index <= this.log.baseIndex) return; // a later one was installed meanwhile\n";
const IGNORED = "    if (data !== undefined && index >= 0) return;\n";
const INSTALLS_NOTHING = {
  find: "    if (lastIncludedIndex <= this.commitIndex) return",
  replace: "    if (lastIncludedIndex >= 0) return",
};
const COMPACT = "    this.log.compact(index, data);\n";
const INSTALL =
  "    this.install({ lastIncludedIndex: index, lastIncludedTerm: this.termAt(index) ?? 0, data });\n";
const CUT = "this.kept.slice(lastIncludedIndex - this.baseIndex) : [];";
const TERM_AT =
  "    if (index === this.baseIndex) return this.compacted?.lastIncludedTerm ?? 0;\n" +
  "    return this.at(index)?.term;\n";

const RELEASED = "What a snapshot covers is discarded";
const AS_OF = "A snapshot holds the state after the entry at lastIncludedIndex, no more and no less";
const LAST_TERM = "A snapshot carries index and term of its last entry, for the check at the entry behind it";
const BY_INDEX = "Indices go on behind a snapshot: the first entry that is kept is lastIncludedIndex + 1";

/** The log behind a snapshot: what is kept, under which index and term. */
export const COMPACTION: readonly Mutant[] = [
  {
    ...RAFT,
    name: "neither-entries-nor-snapshots",
    edits: [
      {
        find: "    // What a snapshot covers is committed, so it matches.\n",
        replace: "    if (request.entries.length > 0) return { term: this.currentTerm, success: false };\n",
      },
      { find: LATE, replace: IGNORED },
      INSTALLS_NOTHING,
    ],
    title: "elects leaders, and takes over neither entries nor snapshots",
    symptom: "nothing is ever committed",
    rule: "Append any new entries not already in the log",
    section: "Figure 2, AppendEntries receiver 4",
    everyScene: true,
  },
  {
    ...RAFT,
    name: "no-snapshots-at-all",
    edits: [{ find: LATE, replace: IGNORED }, INSTALLS_NOTHING],
    title: "neither compacts its log nor installs what it is sent",
    symptom: "logs grow without end, and a server that fell behind a compacted log never comes back",
    rule: RELEASED,
  },
  {
    ...RAFT,
    name: "never-compacts",
    edits: [{ find: LATE, replace: IGNORED }],
    title: "does not look at the snapshots that the service offers",
    symptom: "the log grows until the disk is full",
    rule: RELEASED,
  },
  {
    ...RAFT,
    name: "only-the-leader-compacts",
    edits: [{ find: LATE, replace: `${LATE}    if (this.role !== "leader") return;\n` }],
    title: "compacts its log only while it leads",
    symptom: "the logs of all followers grow until their disks are full",
    rule: "Every server takes snapshots on its own, as soon as the entries are committed",
  },
  {
    ...LOG,
    name: "discarded-entries-stay-in-memory",
    edits: [
      {
        find: "  private kept: LogEntry[];\n",
        replace: "  private kept: LogEntry[];\n  private readonly ever: LogEntry[] = [];\n",
      },
      {
        find: "    this.kept.push(entry);\n",
        replace: "    this.kept.push(entry);\n    this.ever.push(entry);\n",
      },
    ],
    title: "keeps all entries in a second list as well",
    symptom: "the memory grows until the server dies",
    rule: RELEASED,
  },
  {
    ...LOG,
    name: "old-snapshots-stay-in-memory",
    edits: [
      {
        find: "  private kept: LogEntry[];\n",
        replace: "  private kept: LogEntry[];\n  private readonly ever: Snapshot[] = [];\n",
      },
      {
        find: "    this.compacted = snapshot;\n",
        replace: "    this.compacted = snapshot;\n    this.ever.push(snapshot);\n",
      },
    ],
    title: "keeps all snapshots that it ever had",
    symptom: "the memory grows until the server dies",
    rule: "A snapshot takes the place of the one before",
  },
  {
    ...RAFT,
    name: "waits-for-the-slowest-before-it-compacts",
    edits: [
      {
        find: LATE,
        replace:
          `${LATE}    const lacks = this.ctx.peers.some((peer) => this.role === "leader" && ` +
          "this.followers.get(peer).matchIndex < index);\n" +
          "    if (lacks) return;\n",
      },
    ],
    title: "a leader compacts only what all followers have",
    symptom: "while one server is down the leader's log grows until its disk is full",
    rule: "Every server takes snapshots on its own; a follower that lacks entries is sent one",
  },
  {
    ...RAFT,
    name: "own-snapshot-is-restored",
    edits: [
      {
        find: "    this.log.compact(index, data);\n    this.persist();\n",
        replace:
          "    this.log.compact(index, data);\n" +
          "    this.persist();\n" +
          "    if (this.log.snapshot !== null) this.restoreService(this.log.snapshot);\n",
      },
    ],
    title: "hands the service's own snapshot back to it",
    symptom: "what was applied while the snapshot was taken is taken back and applied again",
    rule: "State never goes back",
  },
  {
    ...RAFT,
    name: "late-snapshot-replaces-a-newer-one",
    bug: 52,
    edits: [{ find: LATE, replace: "" }],
    title: "takes every snapshot that the service offers for the newest",
    symptom: "a snapshot that was begun before another was installed throws the log away",
    rule: "State never goes back",
  },
  {
    ...RAFT,
    name: "compacts-all-that-is-applied",
    edits: [{ find: COMPACT, replace: "    this.log.compact(this.lastApplied, data);\n" }],
    title: "discards all applied entries, whatever the snapshot covers",
    symptom: "entries that were applied while the snapshot was taken are missing after a restart",
    rule: AS_OF,
  },
  {
    ...LOG,
    name: "last-included-term-is-the-newest",
    bug: 56,
    edits: [{ find: INSTALL, replace: INSTALL.replace("this.termAt(index) ?? 0", "this.lastTerm") }],
    title: "notes the term of its last entry as that of the snapshot",
    symptom: "a follower that ends where the snapshot ends is refused the next entry for ever",
    rule: LAST_TERM,
    section: "§7, Figure 13",
  },
  {
    ...LOG,
    name: "last-included-term-looked-up-too-late",
    bug: 56,
    edits: [{ find: INSTALL, replace: INSTALL.replace("this.termAt(index)", "this.termAt(index + 1)") }],
    title: "notes the term of the first entry that it keeps as that of the snapshot",
    symptom: "a follower that ends where the snapshot ends is refused the next entry for ever",
    rule: LAST_TERM,
    section: "§7, Figure 13",
  },
  {
    ...LOG,
    name: "last-included-term-forgotten",
    bug: 56,
    edits: [{ find: TERM_AT, replace: TERM_AT.replace("this.compacted?.lastIncludedTerm ?? 0", "0") }],
    title: "answers 0 for the term of the last entry in its snapshot",
    symptom: "nothing is replicated any more to a server whose log ends at a snapshot",
    rule: LAST_TERM,
    section: "§7, Figure 13",
  },
  {
    ...LOG,
    name: "snapshot-matches-nothing",
    bug: 56,
    edits: [{ find: TERM_AT, replace: TERM_AT.replace("index === this.baseIndex", "index === 0") }],
    title: "knows no term for the last entry in its snapshot",
    symptom: "nothing is replicated any more to a server whose log ends at a snapshot",
    rule: LAST_TERM,
    section: "§7, Figure 13",
  },
  {
    ...LOG,
    name: "empty-log-has-no-term",
    bug: 56,
    edits: [
      {
        find: "    return this.kept.at(-1)?.term ?? this.compacted?.lastIncludedTerm ?? 0;\n",
        replace: "    return this.kept.at(-1)?.term ?? 0;\n",
      },
    ],
    title: "campaigns and votes with last term 0 when its log is empty behind a snapshot",
    symptom: "a server without the committed entries gets the votes of those who compacted theirs",
    rule: "The last entry of a log may be the last one in its snapshot",
    section: "§5.4.1, §7",
  },
  {
    ...LOG,
    name: "voter-counts-only-what-it-kept",
    bug: 57,
    edits: [
      {
        find: "    return candidate.lastLogIndex >= this.lastIndex;\n",
        replace: "    return candidate.lastLogIndex >= this.kept.length;\n",
      },
    ],
    title: "compares a candidate's last index with the number of entries that it keeps",
    symptom: "a server without the committed entries gets the votes of those who compacted theirs",
    rule: BY_INDEX,
  },
  {
    ...RAFT,
    name: "candidate-counts-only-what-it-kept",
    bug: 57,
    edits: [
      {
        find: "      lastLogIndex: this.log.lastIndex,\n",
        replace: "      lastLogIndex: this.log.entries.length,\n",
      },
    ],
    title: "campaigns with the number of entries that it keeps",
    symptom: "after the logs were compacted nobody is elected any more",
    rule: BY_INDEX,
  },
  {
    ...RAFT,
    name: "tells-the-place-in-the-kept-log",
    bug: 57,
    edits: [
      {
        find: "    return { index: this.log.lastIndex, term: this.currentTerm };\n",
        replace: "    return { index: this.log.entries.length, term: this.currentTerm };\n",
      },
    ],
    title: "tells a client the place of its command among the entries that are kept",
    symptom: "after the first snapshot a client takes another command's entry for its own",
    rule: BY_INDEX,
  },
  {
    ...LOG,
    name: "discards-one-too-many",
    bug: 57,
    edits: [{ find: CUT, replace: CUT.replace("- this.baseIndex)", "- this.baseIndex + 1)") }],
    title: "discards the first entry behind the snapshot as well",
    symptom: "an entry is lost, and all behind it stand one place too early",
    rule: BY_INDEX,
  },
  {
    ...LOG,
    name: "keeps-one-too-many",
    bug: 57,
    edits: [{ find: CUT, replace: CUT.replace("- this.baseIndex)", "- this.baseIndex - 1)") }],
    title: "keeps the last entry that the snapshot covers",
    symptom: "all entries behind a snapshot stand one place too far",
    rule: BY_INDEX,
  },
  {
    ...LOG,
    name: "second-snapshot-cuts-from-the-start",
    bug: 57,
    edits: [{ find: CUT, replace: CUT.replace("lastIncludedIndex - this.baseIndex", "lastIncludedIndex") }],
    title: "cuts its log as if it began with entry 1, at every snapshot",
    symptom: "the first snapshot is right, and the second throws entries away",
    rule: BY_INDEX,
  },
];
