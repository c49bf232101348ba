import type { EditedVariant, FileEdits } from "./variant";

const LABS = [5];

const server = (...edits: FileEdits["edits"]): FileEdits => ({ file: "kv/server.ts", edits });
const client = (...edits: FileEdits["edits"]): FileEdits => ({ file: "kv/client.ts", edits });
const sessions = (...edits: FileEdits["edits"]): FileEdits => ({ file: "kv/sessions.ts", edits });
const reads = (...edits: FileEdits["edits"]): FileEdits => ({ file: "raft/reads.ts", edits });

const DEFAULT_MODE = `read = "readIndex"`;

const PROPOSE = `    const proposal = this.raft.propose(command);
    if (proposal === undefined) return this.notLeader();
    const { index, term } = proposal;
    this.giveUp(index); // an earlier leadership of this server had put something else there
    this.proposed.set(index, { term, call });
    return "later";
`;

const GATHER = `    this.gathered.push({ command, call });
    if (this.gathered.length === 1) this.ctx.setTimer("propose", BATCH_MS);
    return "later";
  }

  /** All that came lately becomes one entry of the log. */
  timer(): void {
    const batch = this.gathered;
    this.gathered = [];
    const proposal = this.raft.propose({ kind: "batch", commands: batch.map(({ command }) => command) } satisfies Command);
    if (proposal === undefined) {
      for (const { call } of batch) this.ctx.reply(call, this.notLeader());
      return;
    }
    const { index, term } = proposal;
    this.giveUp(index);
    this.proposed.set(index, { term, calls: batch.map(({ call }) => call) });
`;

const APPLY_ONE = `    const outcome = this.execute(index, command as Command);
    this.lastApplied = index;
    const waiting = this.proposed.get(index);
    if (waiting?.term === term && outcome !== undefined) {
      this.proposed.delete(index);
      this.ctx.reply(waiting.call, outcome.status === "ok" ? { ...outcome, index } : outcome);
    } else {
      this.giveUp(index); // another leader's command took the place
    }
`;

const APPLY_ALL = `    const all = (command as Command).kind === "batch" ? (command as Batch).commands : [command as Command];
    const outcomes = all.map((one, place) => this.execute(index * 1000 + place, one));
    this.lastApplied = index;
    const waiting = this.proposed.get(index);
    if (waiting?.term === term) {
      this.proposed.delete(index);
      waiting.calls.forEach((call, place) => {
        const outcome = outcomes[place];
        if (outcome === undefined) this.ctx.reply(call, this.notLeader());
        else this.ctx.reply(call, outcome.status === "ok" ? { ...outcome, index } : outcome);
      });
    } else {
      this.giveUp(index); // another leader's command took the place
    }
`;

/** Services and clients that do the same in other ways. */
export const SERVICES: readonly EditedVariant[] = [
  {
    name: "forgetful-client",
    title: "begins each operation at a server of its own choice, wherever the leader was found before",
    labs: LABS,
    edits: [
      client({
        find: "this.server = anyServerWillDo(request) ? this.home() : this.leader;",
        replace:
          "this.server = this.ctx.peers[Math.floor(this.ctx.random() * this.ctx.peers.length)] ?? this.leader;",
      }),
    ],
  },
  {
    name: "patient-client",
    title: "waits a second for an answer, and a tenth of one when nobody leads",
    labs: LABS,
    edits: [
      client(
        { find: "const PATIENCE_MS = 300;", replace: "const PATIENCE_MS = 1000;" },
        { find: "const PAUSE_MS = 50;", replace: "const PAUSE_MS = 100;" },
      ),
    ],
  },
  {
    name: "deaf-to-hints",
    title: "a client that asks the servers in turn, and believes nobody who names a leader",
    labs: LABS,
    edits: [client({ find: "const next = this.next(leader);", replace: "const next = this.next();" })],
  },
  {
    name: "log-reads",
    title: "reads through the log wherever it may choose",
    labs: LABS,
    edits: [server({ find: DEFAULT_MODE, replace: `read = "log"` })],
  },
  {
    name: "any-server-reads",
    title: "every server answers reads, and asks the leader for the index, wherever it may choose",
    labs: LABS,
    edits: [server({ find: DEFAULT_MODE, replace: `read = "follower"` })],
  },
  {
    name: "batching-server",
    title: "what clients ask within 2 ms becomes one entry of the log",
    labs: LABS,
    edits: [
      server(
        {
          find: "/** What this service keeps in a snapshot. */",
          replace:
            "/** Commands that are executed one after the other. */\n" +
            'type Batch = { readonly kind: "batch"; readonly commands: readonly Command[] };\n\n' +
            "/** How long commands are gathered (ms). */\nconst BATCH_MS = 2;\n\n" +
            "/** What this service keeps in a snapshot. */",
        },
        {
          find: '  | { readonly kind: "read"; readonly key: string };\n',
          replace: '  | { readonly kind: "read"; readonly key: string }\n  | Batch;\n',
        },
        {
          find: "readonly term: number; readonly call: CallId }>();",
          replace: "readonly term: number; readonly calls: readonly CallId[] }>();",
        },
        {
          find: "  private lastToken = 0;\n",
          replace:
            "  private lastToken = 0;\n  private gathered: { readonly command: Command; readonly call: CallId }[] = [];\n",
        },
        {
          find: '  private propose(command: Command, call: CallId): "later" | NotLeader {\n' + PROPOSE,
          replace:
            '  private propose(command: Command, call: CallId): "later" | NotLeader {\n' +
            "    if (!this.raft.status().isLeader) return this.notLeader();\n" +
            GATHER,
        },
        { find: APPLY_ONE, replace: APPLY_ALL },
        {
          find: '      case "noop":\n        return undefined;\n',
          replace: '      case "noop":\n      case "batch":\n        return undefined;\n',
        },
        {
          find: "    this.ctx.reply(waiting.call, this.notLeader());\n",
          replace: "    for (const call of waiting.calls) this.ctx.reply(call, this.notLeader());\n",
        },
      ),
    ],
  },
  {
    name: "answers-repeats-at-once",
    title:
      "answers a repeated request from what it remembers, without another entry; checks again when it is executed",
    labs: LABS,
    edits: [
      sessions({
        find: "  toData(): Session[] {\n",
        replace:
          "  /** What was answered to a request that has been executed. */\n" +
          "  answered(id: number, sequence: number): KvAnswer | undefined {\n" +
          "    const session = this.byId.get(id);\n" +
          "    return session?.sequence === sequence ? (session.answer ?? undefined) : undefined;\n" +
          "  }\n\n" +
          "  toData(): Session[] {\n",
      }),
      server({
        find: '    return this.propose({ kind: "write", session, sequence, write }, call);\n',
        replace:
          "    const answer = this.sessions.answered(session, sequence);\n" +
          '    if (answer === undefined) return this.propose({ kind: "write", session, sequence, write }, call);\n' +
          '    this.ctx.reply(call, { status: "ok", answer, index: this.lastApplied });\n' +
          '    return "later";\n',
      }),
    ],
  },
  {
    name: "first-opened-first-gone",
    title: "gives up the session that was opened first, used or not",
    labs: LABS,
    edits: [
      sessions({ find: "    this.byId.delete(id);\n    this.byId.set(", replace: "    this.byId.set(" }),
    ],
  },
  {
    name: "snapshot-often",
    title: "takes a snapshot at a quarter of the bytes that are allowed",
    labs: LABS,
    edits: [
      server({
        find: "this.ctx.savedBytes() <= maxStateBytes + this.unfinished)",
        replace: "this.ctx.savedBytes() <= maxStateBytes / 4 + this.unfinished)",
      }),
    ],
  },
  {
    name: "snapshot-late",
    title: "takes a snapshot at three times the bytes that are allowed",
    labs: LABS,
    edits: [
      server({
        find: "this.ctx.savedBytes() <= maxStateBytes + this.unfinished)",
        replace: "this.ctx.savedBytes() <= 3 * maxStateBytes + this.unfinished)",
      }),
    ],
  },
  {
    name: "half-a-lease",
    title: "trusts its lease for half the time that it could",
    labs: LABS,
    edits: [
      reads({
        find: "(this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift)",
        replace: "(this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift) / 2",
      }),
    ],
  },
];
