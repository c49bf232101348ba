import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", section: "handout" } as const;

/** Programs that break the rules of the house rather than those of the paper. */
export const CONDUCT: readonly Mutant[] = [
  {
    ...RAFT,
    name: "does-nothing",
    edits: [
      { find: "    }\n    this.restartElectionTimer();\n  }\n\n  status", replace: "    }\n  }\n\n  status" },
      {
        find: '      case "election":\n        return this.ctx',
        replace: '      case "":\n        return this.ctx',
      },
      {
        find:
          "    if (request.term > this.currentTerm) this.becomeFollower(request.term);\n" +
          "    const voteGranted = this.mayVoteFor(request);\n",
        replace: '    const voteGranted = this.role === "leader" && this.mayVoteFor(request);\n',
      },
      {
        find: "    if (request.term < this.currentTerm) return { term: this.currentTerm, success: false };\n",
        replace: '    if (this.role === "follower") return { term: this.currentTerm, success: false };\n',
      },
      {
        find: "const voteGranted =\n      request.term > this.currentTerm && this",
        replace: "const voteGranted = request.term < 0 && this",
      },
    ],
    title: "refuses whatever it is asked and never does anything of its own accord",
    symptom: "there is no leader, ever",
    rule: "A server that hears no leader campaigns",
    everyScene: true,
  },
  {
    ...RAFT,
    name: "claims-to-lead",
    edits: [{ find: 'isLeader: this.role === "leader" };', replace: "isLeader: this.currentTerm >= 0 };" }],
    title: "every server says that it is the leader",
    symptom: "the service above sends its commands to servers that cannot serve them",
    rule: "status() tells whether this server believes itself to be the leader",
  },
  {
    ...RAFT,
    name: "forgets-a-return",
    edits: [
      {
        find:
          "      this.restartElectionTimer();\n" +
          "    }\n" +
          "    return { term: this.currentTerm, voteGranted };\n",
        replace:
          "      this.restartElectionTimer();\n" +
          "      return { term: this.currentTerm, voteGranted };\n" +
          "    }\n" +
          "    return undefined as never;\n",
      },
    ],
    title: "returns nothing where it ought to refuse a vote",
    symptom: "a candidate that should learn of a higher term is left without an answer",
    rule: "A handler returns its reply, or “later”",
  },
  {
    ...RAFT,
    name: "sends-a-set",
    edits: [
      {
        find: "      lastLogTerm: this.log.lastTerm,\n    };\n",
        replace: "      lastLogTerm: this.log.lastTerm,\n      hint: this.votes as never,\n    };\n",
      },
    ],
    title: "puts a Set into a message",
    symptom: "over a real network the other side would receive an empty object",
    rule: "Messages are plain data",
  },
  {
    ...RAFT,
    name: "saves-half-a-state",
    edits: [
      {
        find: "    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });\n",
        replace: "    this.ctx.save({ currentTerm, votedFor, log: log.entries } as never);\n",
      },
    ],
    title: "leaves a field out of what it saves",
    symptom: "a later version of the program cannot read the disk",
    rule: "What is saved is a whole RaftState",
  },
  {
    ...RAFT,
    name: "own-randomness",
    edits: [{ find: "this.ctx.random()", replace: "Math.random()" }],
    title: "draws its timeouts from Math.random",
    symptom: "a failure cannot be seen again: the seed does not decide",
    rule: "Randomness comes from ctx.random()",
  },
  {
    ...RAFT,
    name: "own-clock",
    edits: [{ find: "this.leaderHeardAt = this.ctx.now();", replace: "this.leaderHeardAt = Date.now();" }],
    title: "reads the clock of the machine",
    symptom: "a failure cannot be seen again: the speed of the machine decides",
    rule: "Time comes from ctx.now()",
  },
  {
    ...RAFT,
    name: "heartbeats-without-pause",
    edits: [{ find: "HEARTBEAT_MS = 100;", replace: "HEARTBEAT_MS = 0;" }],
    title: "sends the next heartbeat at once",
    symptom: "time stands still: a leader does nothing else any more",
    rule: "Time must pass: no endless work at one instant",
  },
  {
    ...RAFT,
    name: "heartbeat-for-every-answer",
    edits: [
      {
        find: "    this.responders.add(from);\n",
        replace: '    this.responders.add(from);\n    this.ctx.setTimer("heartbeat", 5);\n',
      },
    ],
    title: "sends the next heartbeat as soon as the last one was answered",
    symptom: "an idle cluster sends heartbeats as fast as the network carries them",
    rule: "Heartbeats: at most ten a second to each follower",
  },
];
