import { gone, type Layer } from "../layer";

/** Elections are left, and heartbeats. */
export const REPLICATION: Layer = {
  lab: 2,
  files: ["raft/log.ts", "raft/followers.ts"],
  cuts: [
    {
      file: "raft/raft.ts",
      from: "Raft",
      members: [
        ...["log", "commitIndex", "lastApplied", "followers"],
        ...[
          "propose",
          "replicate",
          "sendTo",
          "followerHolds",
          "advanceCommitIndex",
          "commitUpTo",
          "stillLeads",
        ],
      ],
      edits: [
        gone(`import { conflictAt, Followers } from "./followers";\nimport { Log } from "./log";\n`),
        {
          find: `elections (§5.2, §5.4.1) and log replication (§5.3, §5.4.2). */`,
          replace: `elections (§5.2). */`,
        },
        gone(`    if (saved !== undefined && saved.log.length > 0) {
      throw new Error(
        "not implemented yet: Raft.constructor. Next: go through your fields, and take over from what was saved" +
          " all that must survive (step 1 of Lab 3).",
      );
    }
    this.log = new Log([]);
`),
        gone(`      case "flush":\n        return this.replicate();\n`),
        {
          find: `one vote a term (§5.2), and only for a log that misses nothing (§5.4.1). */`,
          replace: `one vote a term (§5.2). */`,
        },
        {
          find: `    if (this.votedFor !== null && this.votedFor !== request.candidateId) return false;
    return this.log.isCoveredBy(request);`,
          replace: `    return this.votedFor === null || this.votedFor === request.candidateId;`,
        },
        gone(
          `    this.followers = new Followers(this.ctx.peers, this.log.lastIndex); // nothing of an earlier term counts\n`,
        ),
        gone(`    this.ctx.cancelTimer("flush");\n`),
        {
          find: `    for (const peer of this.ctx.peers) this.sendTo(peer);
`,
          replace: `    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "appendEntries", {
        term: this.currentTerm,
        leaderId: this.ctx.id,
        prevLogIndex: 0, // Lab 1: the log is empty
        prevLogTerm: 0,
        entries: [],
        leaderCommit: 0,
      });
    }
`,
        },
        {
          find: `    const { prevLogIndex } = request;
    if (this.log.termAt(prevLogIndex) !== request.prevLogTerm) {
      return { term: this.currentTerm, success: false, hint: conflictAt(this.log, prevLogIndex) };
    }
    if (this.log.merge(prevLogIndex, request.entries)) this.persist();
    const lastNewIndex = prevLogIndex + request.entries.length;
    this.commitUpTo(Math.min(request.leaderCommit, lastNewIndex)); // what follows may still be wrong
`,
          replace: ``,
        },
        {
          find: `  appendEntriesReply(from: ServerId, reply: AppendEntriesReply, request: AppendEntriesRequest): void {
    if (!this.stillLeads(reply.term, request.term)) return;
    if (reply.success) {
      this.followerHolds(from, request.prevLogIndex + request.entries.length);
    } else if (this.followers.backUp(from, request, reply.hint, this.log)) {
      this.sendTo(from);
    }
  }`,
          replace: `  appendEntriesReply(_from: ServerId, reply: AppendEntriesReply, _request: AppendEntriesRequest): void {
    if (reply.term > this.currentTerm) this.becomeFollower(reply.term);
  }`,
        },
        {
          find: `    const { currentTerm, votedFor, log } = this;
    this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: null });`,
          replace: `    const { currentTerm, votedFor } = this;
    this.ctx.save({ currentTerm, votedFor, log: [], snapshot: null });`,
        },
        {
          find: `      lastLogIndex: this.log.lastIndex,
      lastLogTerm: this.log.lastTerm,
`,
          replace: `      lastLogIndex: 0, // Lab 1: the log is empty
      lastLogTerm: 0,
`,
        },
      ],
    },
  ],
};
