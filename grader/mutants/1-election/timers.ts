import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts" } as const;

const RESET =
  "Only a heartbeat of the current leader, a vote given and an own campaign begin the timeout anew";
const RANDOM = "Election timeouts are chosen at random from a fixed interval, at the start of each election";
const FOLLOWERS = "Figure 2, followers; §5.2";

/** When the election timer starts, what it is set to, and how often a leader is heard. */
export const TIMERS: readonly Mutant[] = [
  {
    ...RAFT,
    name: "every-vote-request-resets",
    bug: 1,
    edits: [
      {
        find:
          "      this.restartElectionTimer();\n" +
          "    }\n" +
          "    return { term: this.currentTerm, voteGranted };\n",
        replace:
          "    }\n" +
          '    if (this.role !== "leader") this.restartElectionTimer();\n' +
          "    return { term: this.currentTerm, voteGranted };\n",
      },
    ],
    title: "begins its timeout anew at every vote request, granted or not",
    symptom: "a server that cannot win keeps everybody else from trying",
    rule: RESET,
    section: FOLLOWERS,
  },
  {
    ...RAFT,
    name: "stale-heartbeat-resets",
    bug: 1,
    edits: [
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace:
          "    this.restartElectionTimer();\n" +
          "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
      },
    ],
    title: "begins its timeout anew at the heartbeat of a leader of the past",
    symptom: "a deposed leader that does not hear of it keeps the cluster without a leader",
    rule: RESET,
    section: FOLLOWERS,
  },
  {
    ...RAFT,
    name: "granting-does-not-reset",
    bug: 2,
    edits: [
      {
        find:
          "      this.restartElectionTimer();\n" +
          "    }\n" +
          "    return { term: this.currentTerm, voteGranted };\n",
        replace: "    }\n    return { term: this.currentTerm, voteGranted };\n",
      },
    ],
    title: "votes for a candidate and campaigns against it a moment later",
    symptom: "elections are disturbed by needless rivals and take several terms",
    rule: RESET,
    section: FOLLOWERS,
  },
  {
    ...RAFT,
    name: "heartbeat-does-not-reset",
    edits: [
      {
        find: "    this.leaderHeardAt = this.ctx.now();\n    this.restartElectionTimer();\n",
        replace: "    this.leaderHeardAt = this.ctx.now();\n",
      },
    ],
    title: "campaigns although it hears its leader",
    symptom: "leaders change about twice a second",
    rule: "While heartbeats arrive, a server remains a follower",
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "fixed-timeout",
    bug: 3,
    edits: [{ find: "min + this.ctx.random() * (max - min)", replace: "(min + max) / 2" }],
    title: "waits equally long each time, on every server",
    symptom: "all servers campaign at once, for ever, and nobody wins",
    rule: RANDOM,
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "timeout-from-the-clock",
    bug: 3,
    edits: [
      { find: "min + this.ctx.random() * (max - min)", replace: "min + (this.ctx.now() % (max - min))" },
    ],
    title: "takes the clock for a random number",
    symptom: "servers whose clocks agree campaign together, again and again",
    rule: RANDOM,
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "timeout-drawn-once",
    bug: 4,
    edits: [
      {
        find: '    this.ctx.setTimer("election", min + this.ctx.random() * (max - min));\n  }\n',
        replace:
          "    this.patience ??= this.ctx.random();\n" +
          '    this.ctx.setTimer("election", min + this.patience * (max - min));\n' +
          "  }\n\n" +
          "  private patience: number | undefined;\n",
      },
    ],
    title: "draws its timeout once in its life",
    symptom: "two servers that drew nearly the same split every vote between them",
    rule: RANDOM,
    section: "§5.2",
  },
  {
    ...RAFT,
    name: "timeout-too-short",
    bug: 5,
    edits: [{ find: "{ min: 400, max: 800 }", replace: "{ min: 150, max: 300 }" }],
    title: "takes the paper's 150-300 ms beside heartbeats of 100 ms",
    symptom: "one lost heartbeat is enough for an election",
    rule: "The election timeout is much longer than the time between heartbeats",
    section: "§5.6; handout",
  },
  {
    ...RAFT,
    name: "timeout-too-long",
    bug: 6,
    edits: [{ find: "{ min: 400, max: 800 }", replace: "{ min: 6000, max: 9000 }" }],
    title: "waits six seconds and more before it campaigns",
    symptom: "nobody serves clients for many seconds after a leader has crashed",
    rule: "A majority that can talk elects a leader within five seconds",
    section: "§5.6; handout",
  },
  {
    ...RAFT,
    name: "one-campaign-only",
    bug: 7,
    edits: [
      {
        find:
          "    this.restartElectionTimer();\n" +
          "    this.votes = new Set([this.ctx.id]);\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
        replace:
          "    this.votes = new Set([this.ctx.id]);\n" +
          "    for (const peer of this.ctx.peers) {\n" +
          '      this.ctx.call(peer, "requestVote"',
      },
    ],
    title: "a candidate waits for ever for the end of its election",
    symptom: "after one split vote, or one lost request, there is no leader any more",
    rule: "If the election timeout elapses: start a new election",
    section: "Figure 2, candidates",
  },
  {
    ...RAFT,
    name: "leader-campaigns",
    edits: [{ find: '    this.ctx.cancelTimer("election");\n', replace: "" }],
    title: "lets the election timer run while it leads",
    symptom: "a healthy leader deposes itself within a second",
    rule: "Only followers and candidates start elections",
    section: "§5.2; Figure 2",
  },
  {
    ...RAFT,
    name: "deposed-leader-never-campaigns",
    edits: [{ find: "    this.restartElectionTimer(); // a leader has none\n", replace: "" }],
    title: "a leader that steps down starts no election timer",
    symptom: "if its successor crashes before it is heard, too few are left who would campaign",
    rule: "If the election timeout elapses without a heartbeat: convert to candidate",
    section: FOLLOWERS,
  },
  {
    ...RAFT,
    name: "one-heartbeat-only",
    edits: [{ find: "        return this.sendHeartbeats();\n", replace: "        return;\n" }],
    title: "sends heartbeats only when it is elected",
    symptom: "leaders change about twice a second",
    rule: "Repeat heartbeats during idle periods to prevent election timeouts",
    section: "Figure 2, leaders",
  },
  {
    ...RAFT,
    name: "heartbeats-too-slow",
    edits: [{ find: "HEARTBEAT_MS = 100;", replace: "HEARTBEAT_MS = 700;" }],
    title: "sends heartbeats more seldom than followers lose patience",
    symptom: "a healthy leader is deposed every second or so",
    rule: "The election timeout is much longer than the time between heartbeats",
    section: "§5.6; handout",
  },
  {
    ...RAFT,
    name: "heartbeats-too-fast",
    bug: 35,
    edits: [{ find: "HEARTBEAT_MS = 100;", replace: "HEARTBEAT_MS = 10;" }],
    title: "sends a hundred heartbeats a second",
    symptom: "an idle cluster keeps the network busy",
    rule: "Heartbeats: at most ten a second to each follower",
    section: "handout",
  },
];
