import { gone, type Layer } from "../layer";

/** The log begins with entry 1 again. */
export const SNAPSHOTS: Layer = {
  lab: 4,
  files: [],
  cuts: [
    {
      file: "raft/raft.ts",
      from: "Raft",
      members: ["snapshot", "sendSnapshot", "installSnapshot", "installSnapshotReply", "restoreService"],
      edits: [
        gone(`  Snapshot,\n`),
        {
          find: `log replication (§5.3, §5.4.2) and snapshots (§7). */`,
          replace: `and log replication (§5.3, §5.4.2). */`,
        },
        { find: `elections (§5.2, §5.4.1), and`, replace: `elections (§5.2, §5.4.1) and` },
        { find: `new Log(saved?.log ?? [], saved?.snapshot ?? null)`, replace: `new Log(saved?.log ?? [])` },
        gone(`      if (saved.snapshot !== null) this.restoreService(saved.snapshot);\n`),
        gone(`    if (nextIndex <= this.log.baseIndex) return this.sendSnapshot(peer);\n`),
        {
          find: `    // What a snapshot covers is committed, so it matches.
    const covered = Math.max(0, this.log.baseIndex - request.prevLogIndex);
    const prevLogIndex = request.prevLogIndex + covered;
    if (covered === 0 && this.log.termAt(prevLogIndex) !== request.prevLogTerm) {`,
          replace: `    const { prevLogIndex } = request;
    if (this.log.termAt(prevLogIndex) !== request.prevLogTerm) {`,
        },
        {
          find: `this.log.merge(prevLogIndex, request.entries.slice(covered))`,
          replace: `this.log.merge(prevLogIndex, request.entries)`,
        },
        {
          find: `const lastNewIndex = request.prevLogIndex + request.entries.length;`,
          replace: `const lastNewIndex = prevLogIndex + request.entries.length;`,
        },
        { find: `snapshot: log.snapshot`, replace: `snapshot: null` },
      ],
    },
    {
      file: "raft/log.ts",
      from: "Log",
      members: ["snapshot", "baseIndex", "compact", "install"],
      edits: [
        {
          find: `import type { LogEntry, PlainData, Snapshot } from`,
          replace: `import type { LogEntry } from`,
        },
        {
          find: `/**
 * The log, by the paper's indices, which count from 1. A snapshot may stand for its beginning (§7, Figure 13): then
 * the first entry that is kept is \`baseIndex + 1\`.
 */`,
          replace: `/** The log, by the paper's indices, which count from 1. */`,
        },
        {
          find: `  constructor(
    entries: readonly LogEntry[],
    private compacted: Snapshot | null,
  ) {`,
          replace: `  constructor(entries: readonly LogEntry[]) {`,
        },
        {
          find: `/** All entries behind the snapshot, as they are saved. */`,
          replace: `/** All entries, as they are saved. */`,
        },
        { find: `return this.baseIndex + this.kept.length;`, replace: `return this.kept.length;` },
        {
          find: ` ?? this.compacted?.lastIncludedTerm ?? 0;\n  }\n\n  /** The term`,
          replace: ` ?? 0;\n  }\n\n  /** The term`,
        },
        {
          find: `undefined if the log does not have or no longer has it.`,
          replace: `undefined if the log does not have it.`,
        },
        {
          find: `if (index === this.baseIndex) return this.compacted?.lastIncludedTerm ?? 0;`,
          replace: `if (index === 0) return 0;`,
        },
        { find: `return this.kept[index - this.baseIndex - 1];`, replace: `return this.kept[index - 1];` },
        {
          find: `    const start = index - this.baseIndex - 1;
    return this.kept.slice(start, start + most);`,
          replace: `    return this.kept.slice(index - 1, index - 1 + most);`,
        },
        { find: `prevLogIndex + fresh - this.baseIndex;`, replace: `prevLogIndex + fresh;` },
        { find: `while (first - 1 > this.baseIndex &&`, replace: `while (first > 1 &&` },
        { find: `while (last > this.baseIndex &&`, replace: `while (last > 0 &&` },
        { find: `return last > this.baseIndex &&`, replace: `return last > 0 &&` },
      ],
    },
  ],
};
