import type { Mutant } from "../mutant";

const SERVER = { lab: 5, file: "kv/server.ts", section: "handout" } as const;
const SESSIONS = { lab: 5, file: "kv/sessions.ts", section: "thesis, §6.3" } as const;
const READS = { lab: 5, file: "raft/reads.ts", section: "thesis, §6.4" } as const;

const KEPT = "A session goes when one more than maxSessions is opened, and not before";
const WOKEN = "A read is answered as soon as its index is applied";
const ANSWERED = "Nobody waits for ever: a server answers, or tells a client to try elsewhere";
const FORGOTTEN = "A read that was answered leaves nothing behind";
const FRESH = "After a sync, reads are fresh (ZooKeeper, §2.3)";

/** Bugs that only show in a corner: in what is forgotten, who is woken, and whom nobody tells. */
export const CORNER_BUGS: readonly Mutant[] = [
  // ---------------------------------------------------------------------------------------------- Sessions
  {
    ...SESSIONS,
    name: "forgets-a-failed-swap",
    edits: [
      {
        find: "    this.byId.delete(id);\n    this.byId.set(id, { id, sequence, answer });",
        replace:
          "    if (answer?.swapped === false) return answer;\n    this.byId.delete(id);\n    this.byId.set(id, { id, sequence, answer });",
      },
    ],
    title: "does not remember a compare-and-set that has not swapped",
    symptom: "a late copy of it swaps, though its client was told that it did not",
    rule: "A request is executed once, whatever came of it (§8)",
  },
  {
    ...SESSIONS,
    name: "gives-up-the-busiest",
    edits: [
      {
        find: "const [oldest] = this.byId.keys();",
        replace: "const oldest = [...this.byId.values()].sort((a, b) => b.sequence - a.sequence)[0]?.id;",
      },
    ],
    title: "gives up the session with the most requests",
    symptom: "whoever writes most is told that its session has expired",
    rule: "The oldest session goes, or the one that was used least recently (contract)",
    section: "contract",
  },
  {
    ...SERVER,
    name: "restore-adds-sessions",
    edits: [
      {
        find: "new Sessions(this.maxSessions, sessions);",
        replace: "new Sessions(this.maxSessions, [...this.sessions.toData(), ...sessions]);",
      },
    ],
    title: "keeps its own sessions besides those of a snapshot",
    symptom: "a server that was behind knows sessions which all others have given up",
    rule: "A snapshot is the whole state, and replaces the state (§7)",
    section: "§7",
  },
  {
    ...SERVER,
    name: "noop-opens-a-session",
    edits: [
      {
        find: 'this.raft.propose({ kind: "noop" } satisfies Command)',
        replace: 'this.raft.propose({ kind: "open" } satisfies Command)',
      },
    ],
    title: "opens a session where a command that changes nothing would do",
    symptom: "each election drives out the session of a client",
    rule: KEPT,
  },

  // ------------------------------------------------------------------------------------ Who waits, and memory
  {
    ...SERVER,
    name: "restore-wakes-nobody",
    edits: [
      {
        find: "if (passed <= index) this.giveUp(passed);\n    this.catchUp();",
        replace: "if (passed <= index) this.giveUp(passed);",
      },
    ],
    title: "does not look for readers that waited for what a snapshot brings",
    symptom: "a read at a server that was behind waits until the next entry, or for ever",
    rule: WOKEN,
  },
  {
    ...SERVER,
    name: "apply-wakes-nobody",
    edits: [
      {
        find: "    this.catchUp();\n    this.compact();\n  }\n\n  private execute(",
        replace: "    this.compact();\n  }\n\n  private execute(",
      },
    ],
    title: "does not look for readers that waited for an entry",
    symptom: "a read at a follower waits until the next one comes",
    rule: WOKEN,
  },
  {
    ...SERVER,
    name: "one-reader-waits",
    edits: [
      {
        find: "    this.behind.push({ ...read, index });\n",
        replace: "    this.behind = [{ ...read, index }];\n",
      },
    ],
    title: "has room for one reader that waits for an entry",
    symptom: "of several reads at a follower that is behind, one is answered",
    rule: WOKEN,
  },
  {
    ...SERVER,
    name: "remembers-all-tokens",
    edits: [{ find: "    this.asked.delete(token);\n", replace: "" }],
    title: "never removes a read from the list of those that wait for their index",
    symptom: "memory grows with each read",
    rule: FORGOTTEN,
  },
  {
    ...SERVER,
    name: "tokens-begin-again",
    edits: [
      {
        find: "    if (isLeader) this.raft.propose(",
        replace: "    this.lastToken = 0;\n    if (isLeader) this.raft.propose(",
      },
    ],
    title: "numbers its questions anew when the leader changes",
    symptom: "a read that was under way is never answered",
    rule: ANSWERED,
  },
  {
    ...READS,
    name: "leader-hopes-for-ever",
    edits: [{ find: "    this.watch();\n    this.waiting.push", replace: "    this.waiting.push" }],
    title: "lets reads wait at a leader for as long as nobody confirms it",
    symptom: "in a minority reads are never answered, and the list of them grows",
    rule: ANSWERED,
  },
  {
    ...READS,
    name: "each-reader-puts-off-all",
    edits: [
      {
        find: "    if (this.asked.size === 0 && !this.areWaiting) this.ctx.setTimer(",
        replace: "    this.ctx.setTimer(",
      },
    ],
    title: "sets the timer that gives up anew with each read",
    symptom:
      "in a minority nobody is told to try elsewhere while others keep asking, and the list of reads grows",
    rule: ANSWERED,
  },
  {
    ...READS,
    name: "follower-hopes-for-ever",
    edits: [{ find: "    this.watch();\n    this.asked.set", replace: "    this.asked.set" }],
    title: "lets reads wait at a follower for as long as the leader is silent",
    symptom: "reads that were under way when the leader crashed are never answered",
    rule: ANSWERED,
  },
  {
    ...READS,
    name: "deposed-drops-readers",
    edits: [
      {
        find: "    for (const { asker } of this.waiting) this.tell(asker, term, null);\n    this.waiting = [];",
        replace: "    this.waiting = [];",
      },
    ],
    title: "forgets the reads that wait when it is deposed, and tells nobody",
    symptom: "reads that were under way are never answered",
    rule: ANSWERED,
  },
  {
    ...READS,
    file: "raft/raft.ts",
    name: "second-reader-waits",
    edits: [
      {
        find: "    this.reads.add(asker, lease, this.kn",
        replace: "    const isFirst = !this.reads.areWaiting;\n    this.reads.add(asker, lease, this.kn",
      },
      {
        find: 'if (this.reads.areWaiting) this.ctx.setTimer("round", 0);',
        replace: 'if (isFirst && this.reads.areWaiting) this.ctx.setTimer("round", 0);',
      },
    ],
    title: "sends a round for the first read that waits, and none for those that come after it",
    symptom: "under load reads take as long as a heartbeat",
    rule: "The round that confirms a read is sent at once (thesis, §6.4)",
  },

  {
    ...READS,
    name: "lease-without-the-option",
    edits: [
      {
        find: "return lease ? (this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift) : 0;",
        replace: "return lease === false ? 0 : (this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift);",
      },
      {
        find: "return this.areWaiting || this.ctx.options.lease ? { hint: { sentAt: this.ctx.now() } } : {};",
        replace: "return { hint: { sentAt: this.ctx.now() } };",
      },
    ],
    title: "takes whoever asks for a lease at its word, where nobody has promised anything",
    symptom: "a deposed leader answers with old values",
    rule: "Where the option is off, lease is to be ignored (handout, raft.readIndex)",
    section: "handout",
  },

  {
    ...READS,
    file: "raft/raft.ts",
    name: "snapshot-promises-nothing",
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm };\n    this.follow(request);",
        replace:
          "    if (request.term < this.currentTerm) return { term: this.currentTerm };\n    this.becomeFollower(request.term);\n" +
          "    this.restartElectionTimer();\n    this.leader = { id: request.leaderId, term: request.term };",
      },
    ],
    title: "follows whoever sends a snapshot, but promises nothing",
    symptom: "a leader counts on a lease that nobody has given",
    rule: "Whatever a server takes from its leader binds it (thesis, §6.4.1; handout)",
    section: "thesis, §6.4.1",
  },
  {
    ...READS,
    file: "raft/raft.ts",
    name: "adopts-terms-during-its-promise",
    edits: [
      {
        find: "    if ((checkQuorum || lease) && this.hearsLeader()) return { term: this.currentTerm, voteGranted: false };",
        replace:
          "    if ((checkQuorum || lease) && this.hearsLeader()) {\n      if (request.term > this.currentTerm) this.becomeFollower(request.term);\n" +
          "      return { term: this.currentTerm, voteGranted: false };\n    }",
      },
    ],
    title: "refuses its vote during its promise, but adopts the term in which it is asked",
    symptom: "whoever campaigns deposes a leader that all hear",
    rule: "A server that hears its leader does not even adopt the term of another candidate (thesis, §4.2.3; handout)",
    section: "thesis, §4.2.3",
  },

  // -------------------------------------------------------------------------------------- Indices, and the sync
  {
    ...READS,
    file: "raft/raft.ts",
    name: "follower-tells-its-index",
    edits: [
      {
        find: "return { term: this.currentTerm, index: null };",
        replace: "return { term: this.currentTerm, index: this.commitIndex };",
      },
    ],
    title: "answers requestReadIndex with what it knows, though it does not lead",
    symptom: "who takes a deposed leader for the leader reads old values",
    rule: "A follower asks its leader for a read index (thesis, §6.4)",
  },
  {
    ...SERVER,
    name: "counts-without-its-own",
    edits: [
      { find: "{ ...outcome, index } : outcome", replace: "{ ...outcome, index: index - 1 } : outcome" },
    ],
    title: "names the index before the write, not that of the write",
    symptom: "a client does not see its own write at another server",
    rule: "index says how far the server had applied the log when it answered (contract)",
    section: "contract",
  },
  {
    ...SERVER,
    name: "leader-syncs-at-once",
    challenge: true,
    edits: [
      {
        find: "    return this.askIndex({ call }, true);\n",
        replace:
          "    if (this.raft.status().isLeader) return this.when(0, { call });\n    return this.askIndex({ call }, true);\n",
      },
    ],
    title: "answers a sync without a question if it believes that it leads",
    symptom: "a deposed leader says that its old state is fresh",
    rule: FRESH,
  },
  {
    ...SERVER,
    name: "syncs-before-it-applies",
    challenge: true,
    edits: [
      {
        find: "    if (index === undefined) this.ctx.reply(read.call, this.notLeader());\n",
        replace:
          '    if (index !== undefined && read.key === undefined) this.ctx.reply(read.call, { status: "ok", index });\n' +
          "    else if (index === undefined) this.ctx.reply(read.call, this.notLeader());\n",
      },
    ],
    title: "answers a sync as soon as it knows the index, applied or not",
    symptom: "a server says that it has applied what it has not",
    rule: FRESH,
  },
  {
    ...SERVER,
    file: "kv/client.ts",
    name: "forgets-its-sync",
    challenge: true,
    edits: [
      {
        find: "this.finish({ index: reply.index }, reply.index);",
        replace: "this.finish({ index: reply.index });",
      },
    ],
    title: "a client that does not note what its sync has shown",
    symptom: "after a sync it reads old values from another server",
    rule: FRESH,
  },
];
