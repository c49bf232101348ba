import type { EditedVariant } from "./variant";

const LABS = [1, 2, 3, 4];
const RAFT = "raft/raft.ts";
const LOG = "raft/log.ts";

/** Variants that keep their log in another way. */
export const LOGS: readonly EditedVariant[] = [
  {
    // What stands there cannot be committed: the leader has another entry in its place (Leader Completeness).
    name: "truncates-on-mismatch",
    title: "a follower removes entry prevLogIndex and all behind it as soon as its term does not match",
    labs: LABS,
    edits: [
      {
        file: LOG,
        edits: [
          {
            find: "  /** The first index that holds",
            replace:
              "  /** Removes entry `index` and all behind it. */\n" +
              "  truncate(index: number): void {\n" +
              "    this.kept.length = index - this.baseIndex - 1;\n" +
              "  }\n\n" +
              "  /** The first index that holds",
          },
        ],
      },
      {
        file: RAFT,
        edits: [
          {
            find: "      return { term: this.currentTerm, success: false, hint: conflictAt(this.log, prevLogIndex) };\n",
            replace:
              "      const hint = conflictAt(this.log, prevLogIndex);\n" +
              "      if (hint.term !== null) {\n" +
              "        this.log.truncate(prevLogIndex);\n" +
              "        this.persist();\n" +
              "      }\n" +
              "      return { term: this.currentTerm, success: false, hint };\n",
          },
        ],
      },
    ],
  },
  {
    // No list and no entry that is saved is the object that was saved before.
    name: "log-in-a-map",
    title: "its log is a Map by index, with a dummy entry before the first; it saves fresh copies",
    labs: LABS,
    edits: [
      {
        file: LOG,
        edits: [
          {
            find: "  private kept: LogEntry[];\n",
            replace:
              "  /** From the dummy at baseIndex to lastIndex. */\n  private kept = new Map<number, LogEntry>();\n  private last: number;\n",
          },
          {
            find: "    this.kept = [...entries];\n",
            replace:
              "    this.last = this.baseIndex;\n" +
              "    this.kept.set(this.last, { term: compacted?.lastIncludedTerm ?? 0, command: null });\n" +
              "    for (const entry of entries) this.append(entry);\n",
          },
          {
            find: "    return this.kept;\n",
            replace: "    return this.from(this.baseIndex + 1, this.last).map((entry) => ({ ...entry }));\n",
          },
          { find: "    return this.baseIndex + this.kept.length;\n", replace: "    return this.last;\n" },
          {
            find: "    return this.kept.at(-1)?.term ?? this.compacted?.lastIncludedTerm ?? 0;\n",
            replace: "    return this.kept.get(this.last)?.term ?? 0;\n",
          },
          {
            find: "    if (index === this.baseIndex) return this.compacted?.lastIncludedTerm ?? 0;\n    return this.at(index)?.term;\n",
            replace: "    return this.kept.get(index)?.term;\n",
          },
          {
            find: "    return this.kept[index - this.baseIndex - 1];\n",
            replace: "    return index > this.baseIndex ? this.kept.get(index) : undefined;\n",
          },
          {
            find: "    const start = index - this.baseIndex - 1;\n    return this.kept.slice(start, start + most);\n",
            replace:
              "    const entries: LogEntry[] = [];\n" +
              "    for (let i = index; i <= this.last && entries.length < most; i++) {\n" +
              "      const entry = this.at(i);\n" +
              "      if (entry !== undefined) entries.push(entry);\n" +
              "    }\n" +
              "    return entries;\n",
          },
          {
            find: "    this.kept.push(entry);\n",
            replace: "    this.last += 1;\n    this.kept.set(this.last, entry);\n",
          },
          {
            find: "    this.kept.length = prevLogIndex + fresh - this.baseIndex;\n",
            replace: "    while (this.last > prevLogIndex + fresh) this.kept.delete(this.last--);\n",
          },
          {
            find: "    this.kept = matches ? this.kept.slice(lastIncludedIndex - this.baseIndex) : [];\n    this.compacted = snapshot;\n",
            replace:
              "    if (matches) {\n" +
              "      for (let i = this.baseIndex; i < lastIncludedIndex; i++) this.kept.delete(i);\n" +
              "    } else {\n" +
              "      this.kept.clear();\n" +
              "      this.last = lastIncludedIndex;\n" +
              "    }\n" +
              "    this.kept.set(lastIncludedIndex, { term: lastIncludedTerm, command: null });\n" +
              "    this.compacted = snapshot;\n",
          },
        ],
      },
    ],
  },
  {
    // A crash before that finds the log as it was, and the snapshot before this one.
    name: "compacts-with-the-next-save",
    title: "a snapshot of its own service reaches the disk with the next save, whatever that is for",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "    this.log.compact(index, data);\n    this.persist();\n",
            replace: "    this.log.compact(index, data);\n",
          },
        ],
      },
    ],
  },
  {
    // So a follower that is a little behind needs no snapshot.
    name: "stays-one-snapshot-behind",
    title: "uses a snapshot of its service only when the next one is there, and keeps the entries in between",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "  private lastApplied = 0;\n",
            replace:
              "  private lastApplied = 0;\n" +
              "  /** The latest snapshot of the service; the log still holds what it covers. */\n" +
              "  private latest: { readonly index: number; readonly data: PlainData } | null = null;\n",
          },
          {
            find: "    if (index <= this.log.baseIndex) return; // a later one was installed meanwhile\n    this.log.compact(index, data);\n",
            replace:
              "    const before = this.latest;\n" +
              "    this.latest = { index, data };\n" +
              "    if (before === null || before.index <= this.log.baseIndex) return; // a later one was installed meanwhile\n" +
              "    this.log.compact(before.index, before.data);\n",
          },
        ],
      },
    ],
  },
];
