import type { Mutant } from "../mutant";

const RAFT = { lab: 5, file: "raft/raft.ts" } as const;
const READS = { lab: 5, file: "raft/reads.ts" } as const;

const OWN_TERM = "A leader reads once an entry of its own term is committed";
const CONFIRMS = "A leader confirms each read by a round of messages that began after the read had come";
const LEASE = "A lease ends before any follower that it counts on may vote for another";
const PROMISES = "With leases, whoever hears a leader, or has just booted, neither votes nor campaigns";
const FOLLOWER = "A follower asks its leader for each read, after the read has come";

const STEP_1 = { rule: OWN_TERM, section: "thesis, §6.4, step 1" } as const;
const STEP_3 = { rule: CONFIRMS, section: "thesis, §6.4, step 3" } as const;
const CLOCKS = { rule: LEASE, section: "thesis, §6.4.1" } as const;
const PROMISE = { rule: PROMISES, section: "thesis, §6.4.1" } as const;
const ASKS = { rule: FOLLOWER, section: "thesis, §6.4" } as const;

const LEASE_TIME = "return lease ? (this.minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift) : 0;";

/** Raft's part of reads that write nothing: who leads, and until when. */
export const RAFT_READ_BUGS: readonly Mutant[] = [
  {
    ...RAFT,
    ...STEP_1,
    name: "trusts-an-old-commit-index",
    bug: 66,
    edits: [
      {
        find: "    return this.log.termAt(this.commitIndex) === this.currentTerm;\n",
        replace: "    return this.commitIndex >= 0;\n",
      },
    ],
    title: "reads before an entry of its own term is committed",
    symptom: "a new leader does not see what the old one acknowledged last",
  },
  {
    ...READS,
    ...STEP_3,
    name: "asks-nobody",
    bug: 67,
    edits: [{ find: "    if (needed === 0) return", replace: "    if (needed >= 0) return" }],
    title: "takes itself for the leader without asking",
    symptom: "a deposed leader answers with old values",
  },
  {
    ...READS,
    ...STEP_3,
    name: "confirmed-once-for-all",
    bug: 67,
    edits: [{ find: "askedAt <= confirmed ||", replace: "confirmed > -Infinity ||" }],
    title: "is content with a majority that followed some time in this term",
    symptom: "a deposed leader answers with old values",
  },
  {
    ...READS,
    ...STEP_3,
    name: "confirmed-a-moment-ago",
    bug: 67,
    edits: [{ find: "askedAt <= confirmed ||", replace: "askedAt <= confirmed + 100 ||" }],
    title: "takes the last heartbeat for an answer to this read",
    symptom: "a leader that has just been deposed answers with an old value",
  },
  {
    ...READS,
    ...STEP_3,
    name: "late-answers-confirm",
    bug: 67,
    edits: [
      {
        find: "    const { sentAt } = hint as Stamp;\n",
        replace: "    const sentAt = Math.max((hint as Stamp).sentAt, this.ctx.now());\n",
      },
    ],
    title: "counts when an answer came, not when the call was sent",
    symptom: "answers that were long on their way confirm a deposed leader, or prolong its lease",
  },
  {
    ...READS,
    ...STEP_3,
    name: "one-follower-confirms",
    edits: [{ find: "newestFirst[needed - 1]", replace: "newestFirst[0 * needed]" }],
    title: "is content with one follower",
    symptom: "a leader in a minority answers with old values",
  },
  {
    ...READS,
    ...STEP_3,
    name: "one-follower-counts-twice",
    edits: [
      {
        find: "    this.answeredCalls.set(peer, Math.max(",
        replace: "    this.answeredCalls.set(this.answeredCalls.size, Math.max(",
      },
    ],
    title: "counts two answers of one follower twice",
    symptom: "a leader in a minority answers with old values",
  },
  {
    ...RAFT,
    ...STEP_3,
    name: "refusals-confirm",
    edits: [
      {
        find:
          "    if (!this.stillLeads(from, reply.term, request.term)) return;\n" +
          "    this.confirm(from, request.hint);\n    if (reply.success) {\n",
        replace:
          "    this.confirm(from, request.hint);\n" +
          "    if (!this.stillLeads(from, reply.term, request.term)) return;\n    if (reply.success) {\n",
      },
    ],
    title: "takes the answer that deposes it for one that confirms it",
    symptom: "a deposed leader that is back answers with an old value",
  },
  {
    ...RAFT,
    ...STEP_3,
    name: "tells-followers-at-once",
    bug: 67,
    edits: [
      {
        find: '    this.read({ call }, lease);\n    return "later";\n',
        replace: "    return { term: this.currentTerm, index: this.commitIndex };\n",
      },
    ],
    title: "tells followers its commitIndex without confirming that it leads",
    symptom: "a follower of a deposed leader answers with old values",
  },
  {
    ...RAFT,
    ...STEP_3,
    name: "reads-wait-for-the-heartbeat",
    edits: [
      {
        find: '    if (this.reads.areWaiting) this.ctx.setTimer("round", 0); // what is asked at one instant shares a round\n',
        replace: "",
      },
    ],
    title: "lets reads wait for the next heartbeat",
    symptom: "a read takes up to a tenth of a second",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "lease-without-drift",
    bug: 69,
    edits: [{ find: LEASE_TIME, replace: "return lease ? this.minElectionTimeout + 0 * maxDrift : 0;" }],
    title: "makes the lease as long as the promise, whatever clocks do",
    symptom: "a leader with a slow clock reads when another may lead already",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "only-its-own-clock-drifts",
    bug: 69,
    edits: [{ find: LEASE_TIME, replace: "return lease ? this.minElectionTimeout * (1 - maxDrift) : 0;" }],
    title: "allows for a slow clock of its own, but not for a follower's fast one",
    symptom: "a leader reads when another may lead already",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "only-other-clocks-drift",
    bug: 69,
    edits: [{ find: LEASE_TIME, replace: "return lease ? this.minElectionTimeout / (1 + maxDrift) : 0;" }],
    title: "allows for a follower's fast clock, but not for a slow one of its own",
    symptom: "a leader reads when another may lead already",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "lease-as-long-as-an-election",
    bug: 69,
    edits: [
      { find: LEASE_TIME, replace: "return lease ? 2 * this.minElectionTimeout * (1 - maxDrift) : 0;" },
    ],
    title: "makes the lease twice as long as the promise",
    symptom: "two leaders, and the old one reads",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "lease-without-end",
    bug: 70,
    edits: [
      {
        find: "const leased = this.ctx.now() < confirmed",
        replace: "const leased = confirmed > 0 || this.ctx.now() < confirmed",
      },
    ],
    title: "keeps its lease as long as nobody tells it that it is deposed",
    symptom: "a leader that was cut off or paused answers with old values",
  },
  {
    ...READS,
    ...CLOCKS,
    name: "lease-for-who-wants-none",
    edits: [{ find: "(lease && leased)", replace: "leased" }],
    title: "answers from its lease when a confirmation is asked for",
    symptom: "a read that is to trust no clock trusts clocks",
  },
  {
    ...RAFT,
    ...PROMISE,
    name: "votes-during-a-lease",
    bug: 71,
    edits: [
      {
        find: "(checkQuorum || lease) && this.hearsLeader()",
        replace: "checkQuorum && !lease && this.hearsLeader()",
      },
    ],
    title: "votes for another while it hears a leader that counts on it",
    symptom: "two leaders, and the old one reads from its lease",
  },
  {
    ...RAFT,
    ...PROMISE,
    name: "votes-after-a-boot",
    bug: 70,
    edits: [
      {
        find: "    if (ctx.options.lease) this.leaderHeardAt = ctx.now(); // it may have heard one just before it crashed\n",
        replace: "",
      },
    ],
    title: "votes right after a boot",
    symptom: "followers that were restarted elect another while the old leader reads from its lease",
  },
  {
    ...RAFT,
    ...PROMISE,
    name: "campaigns-during-its-promise",
    edits: [
      {
        find: "const ELECTION_MS = { min: 400, max: 800 };",
        replace: "const ELECTION_MS = { min: 220, max: 600 };",
      },
    ],
    title: "campaigns before its promise to the leader is over",
    symptom: "another is elected while the old leader reads from its lease",
  },
  {
    ...READS,
    ...ASKS,
    name: "one-index-for-all-reads",
    bug: 72,
    edits: [
      {
        find: "    if (this.asked.delete(token)) this.ready(token, index);\n",
        replace:
          "    if (!this.asked.has(token)) return;\n" +
          "    const tokens = [...this.asked.keys()];\n" +
          "    this.asked.clear();\n" +
          "    for (const each of tokens) this.ready(each, index);\n",
      },
    ],
    title: "answers later reads with an index that it asked for earlier",
    symptom: "a follower answers with a value that was overwritten before the read was called",
  },
  {
    ...RAFT,
    ...ASKS,
    name: "follower-asks-itself",
    bug: 72,
    edits: [
      {
        find: "    else this.reads.ask(this.leader.id, token, this.currentTerm, lease);\n",
        replace: "    else this.ctx.readReady(token, this.commitIndex);\n",
      },
    ],
    title: "takes its own commitIndex for the leader's",
    symptom: "a follower that has not heard the latest answers with old values",
  },
];
