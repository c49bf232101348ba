import type { Edit } from "../mutants";
import type { EditedVariant } from "./variant";

const LABS = [1, 2, 3, 4];
const RAFT = "raft/raft.ts";

const TICKS = `  /** Each tick rings what is due by now, give or take half a tick. */
  timer(): void {
    this.ctx.setTimer("tick", TICK_MS);
    for (const name of [...this.alarms.keys()]) {
      const due = this.alarms.get(name);
      if (due === undefined || due > this.ctx.now() + TICK_MS / 2) continue;
      this.alarms.delete(name);
      this.ring(name);
    }
  }

  private setAlarm(name: string, ms: number): void {
    this.alarms.set(name, this.ctx.now() + ms);
  }

  private ring(name: string): void {
`;

function alarms(name: string): Edit[] {
  return [
    { find: `this.ctx.setTimer("${name}"`, replace: `this.setAlarm("${name}"` },
    { find: `this.ctx.cancelTimer("${name}")`, replace: `this.alarms.delete("${name}")` },
  ];
}

const SERVE = `
  // ------------------------------------------------------------------------------------------ The queue

  private queue(item: Waiting): "later" {
    this.line.push(item);
    this.ctx.setTimer("serve", 0);
    return "later";
  }

  private serve(): void {
    const { line } = this;
    this.line = [];
    for (const item of line) this.ctx.reply(item.call, this.answer(item));
  }

  private answer(item: Waiting): RequestVoteReply | AppendEntriesReply | InstallSnapshotReply {
    switch (item.method) {
      case "requestVote":
        return this.answerRequestVote(item.from, item.request);
      case "appendEntries":
        return this.answerAppendEntries(item.from, item.request);
      case "preVote":
        return this.answerPreVote(item.from, item.request);
      case "installSnapshot":
        return this.answerInstallSnapshot(item.from, item.request);
    }
  }

  // ------------------------------------------------------------------------------------------------ Timers
`;

const WAITING = `/** A request that waits in line. */
type Waiting = { readonly from: ServerId; readonly call: CallId } & (
  | { readonly method: "requestVote"; readonly request: RequestVoteRequest }
  | { readonly method: "appendEntries"; readonly request: AppendEntriesRequest }
  | { readonly method: "preVote"; readonly request: PreVoteRequest }
  | { readonly method: "installSnapshot"; readonly request: InstallSnapshotRequest }
);

/** To the paper a pre-candidate`;

function queued(method: string): Edit {
  const title = method.charAt(0).toUpperCase() + method.slice(1);
  const head = `(_from: ServerId, request: ${title}Request): ${title}Reply {`;
  return {
    find: `  ${method}${head}`,
    replace:
      `  ${method}(from: ServerId, request: ${title}Request, call: CallId): "later" {\n` +
      `    return this.queue({ method: "${method}", from, request, call });\n` +
      "  }\n\n" +
      `  private answer${title}${head}`,
  };
}

/** Variants that do the same at other times. */
export const TIMING: readonly EditedVariant[] = [
  {
    // What is proposed waits for the next tick, as in many a loop that polls.
    name: "ticks",
    title: "one tick of 10 ms instead of timers, for replication as well",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          ...["election", "heartbeat", "flush", "quorum"].flatMap(alarms),
          { find: "  timer(name: string): void {\n", replace: TICKS },
          {
            find: "/** To the paper",
            replace: "/** How often the only timer rings (ms). */\nconst TICK_MS = 10;\n\n/** To the paper",
          },
          {
            find: "  private role: Role =",
            replace:
              "  /** When something is due, on this server's own clock. */\n" +
              "  private readonly alarms = new Map<string, number>();\n" +
              "  private role: Role =",
          },
          {
            find: "    this.restartElectionTimer();\n  }\n\n  status",
            replace:
              '    this.restartElectionTimer();\n    this.ctx.setTimer("tick", TICK_MS);\n  }\n\n  status',
          },
        ],
      },
    ],
  },
  {
    // So each is served in another input than its own. Replies and timers are not queued.
    name: "later-from-a-zero-timer",
    title: "queues all requests and serves them, in their order, from a timer of 0 ms",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          ...["requestVote", "appendEntries", "preVote", "installSnapshot"].map(queued),
          { find: "/** To the paper a pre-candidate", replace: WAITING },
          {
            find: "  private role: Role =",
            replace: "  private line: Waiting[] = [];\n  private role: Role =",
          },
          {
            find: "    switch (name) {\n",
            replace: '    switch (name) {\n      case "serve":\n        return this.serve();\n',
          },
          {
            find: "\n  // ------------------------------------------------------------------------------------------------ Timers\n",
            replace: SERVE,
          },
        ],
      },
    ],
  },
  {
    // As with a thread of its own for the service: an installed snapshot is on disk, and answered, before that.
    name: "applies-later",
    title: "hands entries and snapshots to the service from a timer of its own, 2 ms later",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "    switch (name) {\n",
            replace: '    switch (name) {\n      case "apply":\n        return this.applyCommitted();\n',
          },
          {
            find: "    while (this.lastApplied < this.commitIndex) {\n",
            replace:
              '    if (this.lastApplied < this.commitIndex && !this.applySoon) this.ctx.setTimer("apply", 2);\n' +
              "    this.applySoon = this.lastApplied < this.commitIndex;\n" +
              "  }\n\n" +
              "  private applyCommitted(): void {\n" +
              "    this.applySoon = false;\n" +
              "    const { snapshot } = this.log;\n" +
              "    if (snapshot !== null && snapshot.lastIncludedIndex > this.lastApplied) this.restoreService(snapshot);\n" +
              "    while (this.lastApplied < this.commitIndex) {\n",
          },
          {
            find: "    this.persist();\n    this.restoreService(snapshot);\n",
            replace: "    this.persist();\n    this.commitUpTo(lastIncludedIndex);\n",
          },
          {
            find: "    this.commitIndex = lastIncludedIndex;\n",
            replace: "    this.commitIndex = Math.max(this.commitIndex, lastIncludedIndex);\n",
          },
          {
            find: "  private lastApplied = 0;\n",
            replace:
              "  private lastApplied = 0;\n  /** The timer that applies is running. */\n  private applySoon = false;\n",
          },
        ],
      },
    ],
  },
];
