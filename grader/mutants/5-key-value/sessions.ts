import type { Mutant } from "../mutant";

const SESSIONS = { lab: 5, file: "kv/sessions.ts", section: "§8; thesis, §6.3" } as const;
const SERVER = { ...SESSIONS, file: "kv/server.ts" } as const;

const ONCE = "A request is executed once, however often it is sent";
const REPLICATED = "Sessions are part of the replicated state: every server keeps and forgets the same ones";
const BOUNDED = "The service keeps at most maxSessions sessions";

/** Requests that are executed twice, or never answered, because somebody forgot. */
export const SESSION_BUGS: readonly Mutant[] = [
  {
    ...SESSIONS,
    name: "executes-repeats",
    bug: 59,
    edits: [
      { find: "const isRepeated = sequence === session.sequence;", replace: "const isRepeated = false;" },
    ],
    title: "executes a request anew each time it is in the log",
    symptom: "an append that was sent twice stands there twice",
    rule: ONCE,
  },
  {
    ...SERVER,
    name: "checks-repeats-at-the-door",
    bug: 59,
    edits: [
      {
        find: "  private lastToken = 0;\n",
        replace:
          "  private lastToken = 0;\n" +
          "  private readonly answered = new Map<number, { sequence: number; answer: KvAnswer }>();\n",
      },
      {
        find: '    return this.propose({ kind: "write", session, sequence, write }, call);\n',
        replace:
          "    const known = this.answered.get(session);\n" +
          "    if (known?.sequence === sequence)\n" +
          '      this.ctx.reply(call, { status: "ok", answer: known.answer, index: this.lastApplied });\n' +
          '    else return this.propose({ kind: "write", session, sequence, write }, call);\n' +
          '    return "later";\n',
      },
      {
        find: "        const answer = this.sessions.once(session, sequence, () => this.store.execute(write));\n",
        replace:
          "        const answer: KvAnswer | undefined = this.store.execute(write);\n" +
          "        this.answered.set(session, { sequence, answer });\n",
      },
    ],
    title: "looks for a repeated request when it arrives, not when it is executed",
    symptom: "a request that is in the log twice is executed twice",
    rule: ONCE,
  },
  {
    ...SESSIONS,
    name: "executes-old-requests",
    edits: [
      {
        find: "if (session === undefined || sequence < session.sequence) return undefined;",
        replace: "if (session === undefined) return undefined;",
      },
    ],
    title: "takes any request that is not the last one for a new one",
    symptom: "a late copy of an old put comes after newer ones, and takes the key back",
    rule: ONCE,
  },
  {
    ...SESSIONS,
    name: "forgets-the-answer",
    edits: [
      {
        find: "this.byId.set(id, { id, sequence, answer });",
        replace: "this.byId.set(id, { id, sequence, answer: null });",
      },
    ],
    title: "remembers that a request was executed, but not what was answered",
    symptom: "a client whose answer got lost hears that its session has expired",
    rule: ONCE,
  },
  {
    ...SERVER,
    name: "snapshot-without-sessions",
    bug: 60,
    edits: [{ find: "sessions: this.sessions.toData() };", replace: "sessions: [] };" }],
    title: "leaves the sessions out of the snapshot",
    symptom:
      "after a restart every client is told that its session has expired, or its request is executed twice",
    rule: REPLICATED,
  },
  {
    ...SERVER,
    name: "restores-no-sessions",
    bug: 60,
    edits: [
      {
        find: "    this.sessions = new Sessions(this.maxSessions, sessions);\n",
        replace: "    if (sessions.length < 0) this.sessions = new Sessions(this.maxSessions, sessions);\n",
      },
    ],
    title: "restores the keys of a snapshot, and not the sessions",
    symptom: "a request that was repeated across a restart is executed twice, or refused",
    rule: REPLICATED,
  },
  {
    ...SESSIONS,
    name: "sessions-for-ever",
    edits: [
      {
        find: "    if (this.byId.size > this.limit && oldest !== undefined) this.byId.delete(oldest);\n",
        replace: "    if (oldest === undefined) this.byId.delete(id);\n",
      },
    ],
    title: "never gives up a session",
    symptom: "memory and snapshots grow with every client that ever was",
    rule: BOUNDED,
  },
  {
    ...SESSIONS,
    name: "evicts-the-newcomer",
    edits: [
      {
        find: "    const [oldest] = this.byId.keys();\n",
        replace: "    const oldest = id;\n",
      },
    ],
    title: "gives up the session that was opened last",
    symptom: "once the table is full, no new client gets a word in",
    rule: BOUNDED,
  },
  {
    ...SESSIONS,
    name: "sessions-out-of-order",
    edits: [
      {
        find: "    return [...this.byId.values()];\n",
        replace: "    return [...this.byId.values()].reverse();\n",
      },
    ],
    title: "writes the sessions into the snapshot the other way round",
    symptom: "servers that came from a snapshot give up other sessions than those that did not",
    rule: REPLICATED,
  },
  {
    ...SERVER,
    name: "counts-sessions-itself",
    edits: [
      { find: "  private lastToken = 0;\n", replace: "  private lastToken = 0;\n  private opened = 0;\n" },
      {
        find: '        this.sessions.open(index);\n        return { status: "ok", session: index };\n',
        replace:
          '        this.opened += 1;\n        this.sessions.open(this.opened);\n        return { status: "ok", session: this.opened };\n',
      },
    ],
    title: "numbers sessions by a counter that no snapshot keeps",
    symptom: "after a restart two clients share a session",
    rule: REPLICATED,
  },
  {
    ...SESSIONS,
    name: "serves-strangers",
    edits: [
      {
        find: "if (session === undefined || sequence < session.sequence) return undefined;",
        replace:
          "if (session === undefined) return execute();\n    if (sequence < session.sequence) return undefined;",
      },
    ],
    title: "executes the writes of a session that it does not know",
    symptom: "a write is executed again when its session has expired",
    rule: ONCE,
  },
  {
    ...SERVER,
    name: "looks-for-the-session-at-the-door",
    edits: [
      {
        find: '    return this.propose({ kind: "write", session, sequence, write }, call);\n',
        replace:
          "    if (!this.raft.status().isLeader) return this.notLeader();\n" +
          "    const known = this.sessions.toData().some(({ id }) => id === session);\n" +
          '    if (known) return this.propose({ kind: "write", session, sequence, write }, call);\n' +
          '    this.ctx.reply(call, { status: "sessionExpired" });\n' +
          '    return "later";\n',
      },
    ],
    title: "decides when a write arrives, not when it is executed, whether its session is there",
    symptom:
      "a new leader tells clients that their sessions have expired, before it has applied their opening",
    rule: REPLICATED,
  },
  {
    ...SESSIONS,
    name: "keeps-one-session-less",
    edits: [{ find: "this.byId.size > this.limit", replace: "this.byId.size >= this.limit" }],
    title: "keeps one session less than it may",
    symptom: "with as many clients as sessions, somebody's expires all the time",
    rule: BOUNDED,
  },
];
