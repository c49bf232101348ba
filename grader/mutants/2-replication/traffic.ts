import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts", section: "handout" } as const;
const FOLLOWERS = { lab: 2, file: "raft/followers.ts", section: "handout" } as const;

const ROUND_TRIP = "A command is committed at the speed of a round trip, not of the heartbeat";
const IN_FLIGHT = "What is on its way to a follower that does not answer stays bounded";

const FLUSH = '    this.ctx.setTimer("flush", 0); // what is proposed at one instant goes out in one call\n';
const ENTRIES =
  "    const prevLogIndex = nextIndex - 1;\n" +
  "    const entries = this.log.from(nextIndex, this.followers.room(peer));\n";
const SENT = "    this.followers.sent(peer, prevLogIndex + entries.length);\n";

/** Replication that is right, but too slow or too loud; and what is never sent. */
export const TRAFFIC: readonly Mutant[] = [
  {
    ...RAFT,
    name: "waits-for-the-heartbeat",
    bug: 36,
    edits: [{ find: FLUSH, replace: "" }],
    title: "sends new entries with the next heartbeat",
    symptom: "a client gets about ten commands a second done",
    rule: ROUND_TRIP,
  },
  {
    ...RAFT,
    name: "counts-at-the-heartbeat",
    bug: 36,
    edits: [
      {
        find: "    this.followers.holds(peer, index);\n    this.advanceCommitIndex();\n",
        replace: "    this.followers.holds(peer, index);\n",
      },
      {
        find: '    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);\n',
        replace: '    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);\n    this.advanceCommitIndex();\n',
      },
    ],
    title: "looks what is committed before each heartbeat",
    symptom: "a client gets about ten commands a second done",
    rule: ROUND_TRIP,
  },
  {
    ...RAFT,
    name: "one-dead-follower-stops-all",
    bug: 38,
    edits: [
      {
        find: "      if (this.followers.room(peer) > 0) this.sendTo(peer);\n",
        replace:
          "      const all = this.ctx.peers.map((each) => this.followers.get(each));\n" +
          "      const busy = all.some(({ nextIndex, matchIndex }) => matchIndex + 1 < nextIndex);\n" +
          "      if (!busy) this.sendTo(peer);\n",
      },
    ],
    title: "sends nothing to anybody while one follower has not answered",
    symptom: "while one server is down the others work at the speed of the heartbeat",
    rule: "A slow or missing server does not hold up the others",
    section: "§5.3",
  },
  {
    ...RAFT,
    name: "sends-the-whole-log",
    bug: 33,
    edits: [
      {
        find: ENTRIES,
        replace:
          "    const prevLogIndex = this.log.baseIndex;\n" +
          "    const entries = this.log.from(prevLogIndex + 1, this.log.entries.length);\n",
      },
    ],
    title: "sends all entries each time",
    symptom: "each command costs as many bytes as all before it together",
    rule: "A command is sent to each follower once",
  },
  {
    ...FOLLOWERS,
    name: "backs-up-entry-by-entry",
    bug: 32,
    edits: [
      {
        find: "Math.min(next, prevLogIndex));\n",
        replace: "prevLogIndex);\n",
      },
    ],
    title: "goes back by one entry for each refusal",
    symptom: "a follower that is hundreds of entries behind needs as many calls",
    rule: "A follower that is behind is found out in a bounded number of calls",
    section: "§5.3; handout",
  },
  {
    ...RAFT,
    name: "broadcasts-for-every-answer",
    bug: 34,
    edits: [
      { find: FLUSH, replace: "    this.sendHeartbeats();\n    this.advanceCommitIndex();\n" },
      {
        find: "    if (reply.success) {\n",
        replace: "    if (request.entries.length > 0) this.sendHeartbeats();\n    if (reply.success) {\n",
      },
    ],
    title: "sends to everybody for each command and for each answer",
    symptom: "a command costs several times the messages that it needs",
    rule: "Messages for a command: a call and an answer for each follower, and little more",
  },
  {
    ...RAFT,
    name: "does-not-look-for-losses",
    edits: [
      {
        find: "    const { nextIndex } = this.followers.get(peer);\n    if (nextIndex <= this.log.baseIndex)",
        replace:
          "    const { nextIndex, matchIndex } = this.followers.get(peer);\n    if (nextIndex <= this.log.baseIndex)",
      },
      {
        find: ENTRIES + SENT,
        replace:
          "    const entries = this.log.from(nextIndex, this.followers.room(peer));\n" +
          "    const prevLogIndex = entries.length > 0 ? nextIndex - 1 : Math.max(matchIndex, this.log.baseIndex);\n" +
          "    this.followers.sent(peer, nextIndex - 1 + entries.length);\n",
      },
    ],
    title: "checks with heartbeats only what was confirmed already",
    symptom: "entries that were lost are not sent again until others follow",
    rule: "If followers crash, run slowly or packets are lost, the leader retries indefinitely",
    section: "§5.3",
  },
  {
    ...RAFT,
    name: "does-not-wait-for-answers",
    edits: [
      { find: FLUSH, replace: "    this.replicate();\n" },
      { find: SENT, replace: "" },
    ],
    title: "sends everything that is not confirmed with each new command, again and again",
    symptom: "a follower that does not answer is sent the same thousands of entries all the time",
    rule: IN_FLIGHT,
  },
  {
    ...FOLLOWERS,
    name: "sends-on-to-the-silent",
    edits: [{ find: "const MOST_IN_FLIGHT = 1024;", replace: "const MOST_IN_FLIGHT = 1e9;" }],
    title: "sends every new entry to a follower that does not answer",
    symptom: "the queues of a slow follower grow without end",
    rule: IN_FLIGHT,
  },
  {
    ...FOLLOWERS,
    name: "whole-backlog-in-one-call",
    edits: [
      { find: "const MOST_IN_FLIGHT = 1024;", replace: "const MOST_IN_FLIGHT = 1e9;" },
      { find: "const MOST_IN_A_CALL = 256;", replace: "const MOST_IN_A_CALL = 1e9;" },
    ],
    title: "puts everything that a follower lacks into one call",
    symptom: "a follower that was away for long is sent the whole log at once",
    rule: IN_FLIGHT,
  },
  {
    ...RAFT,
    name: "load-puts-off-the-heartbeats",
    edits: [
      {
        find: "  private replicate(): void {\n",
        replace: '  private replicate(): void {\n    this.ctx.setTimer("heartbeat", HEARTBEAT_MS);\n',
      },
    ],
    title: "begins the interval to the next heartbeat anew with each command",
    symptom: "under load a follower that cannot take more entries hears nothing and deposes its leader",
    rule: "Every follower hears its leader at each interval, with entries or without",
    section: "§5.2; Figure 2, leaders",
  },
  {
    ...RAFT,
    name: "deposed-leader-flushes",
    edits: [
      { find: FLUSH, replace: '    this.ctx.setTimer("flush", 10);\n' },
      { find: '    this.ctx.cancelTimer("flush");\n', replace: "" },
    ],
    title: "collects commands for 10 ms, and sends them although it was deposed meanwhile",
    symptom: "a follower sends entries in the term of its leader",
    rule: "At most one server acts as leader of a term",
    section: "§5.2, Figure 3",
  },
];
