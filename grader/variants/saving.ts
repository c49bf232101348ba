import type { Edit } from "../mutants";
import type { EditedVariant } from "./variant";

const LABS = [1, 2, 3, 4];
const RAFT = "raft/raft.ts";

const ROLE = "  private role: Role =";
const TIMERS = "    switch (name) {\n";

/** What is on the disk counts, not what is in memory. */
const COUNTS_SAVED: readonly Edit[] = [
  {
    find: "this.followers.heldByMajority(this.log.lastIndex)",
    replace: "this.followers.heldByMajority(this.savedIndex)",
  },
  {
    find: "    const { currentTerm, votedFor, log } = this;\n",
    replace: "    const { currentTerm, votedFor, log } = this;\n    this.savedIndex = log.lastIndex;\n",
  },
  {
    find: "    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);\n",
    replace:
      "    this.log = new Log(saved?.log ?? [], saved?.snapshot ?? null);\n" +
      "    this.savedIndex = this.log.lastIndex;\n",
  },
];

const SAVED_INDEX = "  /** The last entry that is on the disk. */\n  private savedIndex: number;\n";

const GROUPS = `
  // ------------------------------------------------------------------------------------------ Group commit

  /** Saves a moment later, together with what comes until then. */
  private persistSoon(): void {
    if (!this.unsaved) this.ctx.setTimer("sync", SYNC_MS);
    this.unsaved = true;
  }

  private sync(): void {
    if (this.unsaved) this.persist();
  }

  /** Gives the answer now, or once what it tells of is on the disk. */
  private onceSaved<R extends Answer>(call: CallId, reply: R): R | "later" {
    if (!this.unsaved) return reply;
    this.outbox.push({ call, reply });
    return "later";
  }

  // ------------------------------------------------------------------------------------------------ Timers
`;

function onceSaved(method: string): Edit {
  const title = method.charAt(0).toUpperCase() + method.slice(1);
  const head = `(_from: ServerId, request: ${title}Request): ${title}Reply {`;
  return {
    find: `  ${method}${head}`,
    replace:
      `  ${method}(from: ServerId, request: ${title}Request, call: CallId): ${title}Reply | "later" {\n` +
      `    return this.onceSaved(call, this.answer${title}(from, request));\n` +
      "  }\n\n" +
      `  private answer${title}${head}`,
  };
}

function silent(where: string, before: string): Edit {
  return { find: before, replace: `${where}\n${before}` };
}

/** Variants that save, or answer, in another order. */
export const SAVING: readonly EditedVariant[] = [
  {
    // Terms and votes are saved at once, and with them, still in the old term, what waited.
    name: "saves-in-groups",
    title: "saves entries 2 ms later, many at once, and answers then; terms and votes are saved at once",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          ...COUNTS_SAVED,
          ...["requestVote", "appendEntries", "installSnapshot"].map(onceSaved),
          {
            find: "/** To the paper a pre-candidate",
            replace:
              "/** What is appended waits for others so long before it is saved (ms). */\n" +
              "const SYNC_MS = 2;\n\n" +
              "type Answer = RequestVoteReply | AppendEntriesReply | InstallSnapshotReply;\n\n" +
              "/** To the paper a pre-candidate",
          },
          {
            find: ROLE,
            replace:
              SAVED_INDEX +
              "  private unsaved = false;\n" +
              "  private outbox: { readonly call: CallId; readonly reply: Answer }[] = [];\n" +
              ROLE,
          },
          { find: TIMERS, replace: `${TIMERS}      case "sync":\n        return this.sync();\n` },
          {
            find: "\n  // ------------------------------------------------------------------------------------------------ Timers\n",
            replace: GROUPS,
          },
          {
            find: '    this.role = "candidate";\n',
            replace: '    this.sync();\n    this.role = "candidate";\n',
          },
          {
            find: "    if (term > this.currentTerm) {\n      this.currentTerm = term;\n",
            replace:
              "    if (term > this.currentTerm) {\n      this.sync();\n      this.currentTerm = term;\n",
          },
          {
            find: '    this.persist();\n    this.ctx.setTimer("flush", 0);',
            replace: '    this.persistSoon();\n    this.ctx.setTimer("flush", 0);',
          },
          {
            find: "request.entries.slice(covered))) this.persist();",
            replace: "request.entries.slice(covered))) this.persistSoon();",
          },
          {
            find: "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n",
            replace:
              "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n" +
              '    this.ctx.cancelTimer("sync");\n' +
              "    this.unsaved = false;\n" +
              "    for (const { call, reply } of this.outbox.splice(0)) this.ctx.reply(call, reply);\n" +
              '    if (this.role === "leader") this.advanceCommitIndex();\n',
          },
        ],
      },
    ],
  },
  {
    // A crash in between loses the entry of the leader alone; its term is over with it.
    name: "sends-before-it-saves",
    title: "a leader sends what is proposed, and saves it at the end of the same handler",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          ...COUNTS_SAVED,
          { find: ROLE, replace: SAVED_INDEX + ROLE },
          {
            find: '    this.persist();\n    this.ctx.setTimer("flush", 0);',
            replace: '    this.ctx.setTimer("flush", 0);',
          },
          {
            find: "    this.advanceCommitIndex(); // a cluster of one\n",
            replace: "    this.persist();\n    this.advanceCommitIndex(); // a cluster of one\n",
          },
        ],
      },
    ],
  },
  {
    // It goes with saves that are due anyway, so a restart may know less than was known before; never more.
    name: "keeps-its-commit-index",
    title: "saves its commit index as extra, and applies up to there as soon as it is back",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "      if (saved.snapshot !== null) this.restoreService(saved.snapshot);\n",
            replace:
              "      if (saved.snapshot !== null) this.restoreService(saved.snapshot);\n" +
              "      const { commitIndex = 0 } = (saved.extra ?? {}) as { readonly commitIndex?: number };\n" +
              "      this.commitUpTo(commitIndex);\n",
          },
          {
            find: "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n",
            replace:
              "    const extra = { commitIndex: this.commitIndex };\n" +
              "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot, extra });\n",
          },
        ],
      },
    ],
  },
  {
    // Whoever is behind learns it from the next request of a server ahead. Where pre-votes or the check of the
    // quorum keep such a request from being heard, it does answer.
    name: "ignores-the-past",
    title: "never answers a request of an older term",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          silent(
            '    if (this.isStale(request)) return "later";',
            "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n    const voteGranted = this.mayVoteFor",
          ),
          silent(
            '    if (this.isStale(request)) return "later";',
            "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
          ),
          silent(
            '    if (this.isStale(request)) return "later";',
            "    if (request.term < this.currentTerm) return { term: this.currentTerm };\n",
          ),
          ...[
            "RequestVoteRequest): RequestVoteReply",
            "AppendEntriesRequest): AppendEntriesReply",
            "InstallSnapshotRequest): InstallSnapshotReply",
          ].map((head): Edit => ({ find: `${head} {`, replace: `${head} | "later" {` })),
          {
            find: "  /** First come, first served",
            replace:
              "  private isStale({ term }: { readonly term: number }): boolean {\n" +
              "    const { preVote, checkQuorum } = this.ctx.options;\n" +
              "    return term < this.currentTerm && !preVote && !checkQuorum;\n" +
              "  }\n\n" +
              "  /** First come, first served",
          },
        ],
      },
    ],
  },
];
