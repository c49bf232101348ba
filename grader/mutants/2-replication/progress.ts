import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts", section: "Figure 2, leaders" } as const;
const FOLLOWERS = { lab: 2, file: "raft/followers.ts", section: "Figure 2, leaders" } as const;

const HELD = "this.followerHolds(from, request.prevLogIndex + request.entries.length);";
const RESET =
  "    this.followers = new Followers(this.ctx.peers, this.log.lastIndex); // nothing of an earlier term counts\n";
const SENT = "    this.followers.sent(peer, prevLogIndex + entries.length);\n";

const FROM_THE_CALL =
  "matchIndex is what the follower confirmed: prevLogIndex and the entries of the very call it answers";
const REINITIALISED = "nextIndex and matchIndex are reinitialised after election";

/** What a leader believes of its followers. */
export const PROGRESS: readonly Mutant[] = [
  {
    ...FOLLOWERS,
    name: "short-log-counts-as-empty",
    bug: 33,
    edits: [
      {
        find: "return { term: null, index: log.lastIndex + 1 };",
        replace: "return { term: null, index: 1 };",
      },
    ],
    title: "begins again at entry 1 with a follower whose log ends early",
    symptom: "after each election whoever lags by a few entries is sent the whole log",
    rule: "If the last log index ≥ nextIndex for a follower: send the log entries starting at nextIndex",
  },
  {
    ...RAFT,
    name: "match-from-the-log-end",
    bug: 28,
    edits: [{ find: HELD, replace: "this.followerHolds(from, this.log.lastIndex);" }],
    title: "takes a success for the whole log as it is now",
    symptom: "what was proposed while the call was on its way counts as replicated",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "adds-up-the-entries",
    bug: 28,
    edits: [
      {
        find: HELD,
        replace:
          "this.followerHolds(\n" +
          "        from,\n" +
          "        Math.max(request.prevLogIndex, this.followers.get(from).matchIndex) + request.entries.length,\n" +
          "      );",
      },
    ],
    title: "adds the number of entries to what it believed before",
    symptom: "an answer that arrives twice counts twice, and entries are committed that only the leader has",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "any-success-confirms-all-that-was-sent",
    bug: 28,
    edits: [{ find: HELD, replace: "this.followerHolds(from, this.followers.get(from).nextIndex - 1);" }],
    title: "takes any success for a confirmation of all that it has sent",
    symptom: "entries that are lost on their way count as soon as an earlier call is answered",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "follower-reports-its-log-end",
    bug: 28,
    edits: [
      {
        find: "    return { term: this.currentTerm, success: true };\n",
        replace: "    return { term: this.currentTerm, success: true, hint: this.log.lastIndex };\n",
      },
      {
        find: HELD,
        replace:
          "this.followerHolds(\n" +
          "        from,\n" +
          "        Number(reply.hint ?? request.prevLogIndex + request.entries.length),\n" +
          "      );",
      },
    ],
    title: "a follower reports the end of its log, and the leader counts up to there",
    symptom: "entries of a deposed leader count as copies of those that will replace them",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "sent-counts-as-held",
    bug: 28,
    edits: [
      { find: SENT, replace: `${SENT}    this.followers.holds(peer, prevLogIndex + entries.length);\n` },
    ],
    title: "counts entries as replicated when it sends them",
    symptom: "a leader that is cut off commits with its next answer what nobody else has",
    rule: FROM_THE_CALL,
  },
  {
    ...RAFT,
    name: "progress-outlives-the-term",
    bug: 29,
    edits: [
      {
        find: RESET,
        replace:
          "    if (!this.hasLed) this.followers = new Followers(this.ctx.peers, this.log.lastIndex);\n" +
          "    this.hasLed = true;\n",
      },
      {
        find: '  private role: Role = "follower";\n',
        replace: '  private role: Role = "follower";\n  private hasLed = false;\n',
      },
    ],
    title: "goes on with nextIndex and matchIndex of the last time it was leader",
    symptom: "followers whose entries were replaced in between count as replicas",
    rule: REINITIALISED,
    section: "Figure 2, state",
  },
  {
    ...RAFT,
    name: "match-outlives-the-term",
    bug: 29,
    edits: [
      {
        find: RESET,
        replace:
          "    const before = this.followers;\n" +
          "    this.followers = new Followers(this.ctx.peers, this.log.lastIndex);\n" +
          "    const peers = this.hasLed ? this.ctx.peers : [];\n" +
          "    for (const peer of peers) this.followers.holds(peer, before.get(peer).matchIndex);\n" +
          "    this.hasLed = true;\n",
      },
      {
        find: '  private role: Role = "follower";\n',
        replace: '  private role: Role = "follower";\n  private hasLed = false;\n',
      },
    ],
    title: "resets nextIndex on its election, and not matchIndex",
    symptom: "followers whose entries were replaced in between count as replicas",
    rule: REINITIALISED,
    section: "Figure 2, state",
  },
  {
    ...FOLLOWERS,
    name: "followers-start-as-matched",
    bug: 30,
    edits: [{ find: "matchIndex: 0, probing", replace: "matchIndex: lastLogIndex, probing" }],
    title: "begins with the end of its own log as matchIndex of everybody",
    symptom: "a follower that lacks older entries never gets them",
    rule: "matchIndex is initialised to 0",
    section: "Figure 2, state",
  },
  {
    ...FOLLOWERS,
    name: "one-index-for-both",
    bug: 30,
    edits: [
      { find: "map(({ matchIndex }) => matchIndex)", replace: "map(({ nextIndex }) => nextIndex - 1)" },
    ],
    title: "counts whatever comes before nextIndex as replicated",
    symptom: "a leader that is cut off commits what nobody else has",
    rule: "nextIndex is a guess, matchIndex is known: only that is counted",
  },
  {
    ...RAFT,
    name: "answer-of-an-older-term-counts",
    bug: 15,
    edits: [
      {
        find: 'if (this.role !== "leader" || requestTerm !== this.currentTerm) return false;',
        replace: 'if (this.role !== "leader") return false;',
      },
    ],
    title: "counts an answer to a call of a term that it led before",
    symptom: "entries count as replicated that the follower has replaced since",
    rule: "An answer is used only if its call was of the current term",
    section: "§5.1; Figure 2",
  },
  {
    ...FOLLOWERS,
    name: "never-backs-up",
    edits: [
      {
        find: "    if (prevLogIndex <= progress.matchIndex || prevLogIndex >= progress.nextIndex) return false;\n",
        replace: "    if (prevLogIndex >= 0) return false;\n",
      },
    ],
    title: "does not look at refusals",
    symptom: "a follower that lacks an entry never gets another one",
    rule: "If AppendEntries fails because of log inconsistency: decrement nextIndex and retry",
  },
  {
    ...RAFT,
    name: "any-success-confirms-the-guess",
    edits: [
      {
        find: "    this.followers.holds(peer, index);\n    this.advanceCommitIndex();\n",
        replace:
          "    const guess = this.followers.get(peer);\n" +
          "    this.followers.holds(peer, guess.probing ? Math.max(index, guess.nextIndex - 1) : index);\n" +
          "    this.advanceCommitIndex();\n",
      },
    ],
    title: "while it looks for the place where logs agree, takes any success for one of its last guess",
    symptom: "a copy of an old answer makes it count entries that the follower does not have",
    rule: "A success confirms the entries up to the last one of its own request",
  },
];
