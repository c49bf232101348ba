import { gone, type Layer } from "../layer";

/** Reads and leases go, what the service needs to know, and with them the challenge of Lab 1, which nothing before Lab 5 rests on. */
export const READS: Layer = {
  lab: 5,
  files: ["raft/reads.ts"],
  cuts: [
    {
      file: "raft/raft.ts",
      from: "Raft",
      members: [
        ...["leaderHeardAt", "leader", "responders", "reads"],
        ...["readIndex", "read", "confirm", "answerReads", "knowsCommitted"],
        ...["requestReadIndex", "requestReadIndexReply"],
        ...["askForPreVotes", "preVote", "preVoteReply", "hearsLeader", "expectQuorum", "checkQuorum"],
      ],
      edits: [
        gone(`import { Reads, type Asker } from "./reads";\n`),
        {
          find: `/** To the paper a pre-candidate is a follower still: it asks around before it campaigns (thesis, §9.6). */
type Role = "follower" | "preCandidate" | "candidate" | "leader";`,
          replace: `type Role = "follower" | "candidate" | "leader";`,
        },
        {
          find: `/**
 * Raft with the paper's names: elections (§5.2, §5.4.1), log replication (§5.3, §5.4.2), snapshots (§7), and reads
 * that write nothing (thesis, §6.4). Pre-vote and check-quorum, the challenge of Lab 1, and leases are each switched on
 * by \`ctx.options\`.
 */`,
          replace: `/** Raft with the paper's names: elections (§5.2, §5.4.1), log replication (§5.3, §5.4.2) and snapshots (§7). */`,
        },
        gone(`    this.reads = new Reads(ctx, ctx.options.minElectionTimeout ?? ELECTION_MS.min);
    if (ctx.options.lease) this.leaderHeardAt = ctx.now(); // it may have heard one just before it crashed
`),
        {
          find: `    const status = { term: this.currentTerm, isLeader: this.role === "leader" };
    return this.leader?.term === this.currentTerm ? { ...status, leader: this.leader.id } : status;`,
          replace: `    return { term: this.currentTerm, isLeader: this.role === "leader" };`,
        },
        {
          find: `return this.ctx.options.preVote ? this.askForPreVotes() : this.campaign();`,
          replace: `return this.campaign();`,
        },
        gone(`      case "round":\n`),
        gone(`      case "quorum":
        return this.checkQuorum();
      case "reads":
        return this.reads.expire(this.currentTerm);
`),
        gone(`    // A server that hears a live leader must not be disturbed: not even its term changes (thesis, §4.2.3). That is also
    // the promise on which a lease stands.
    const { checkQuorum, lease } = this.ctx.options;
    if ((checkQuorum || lease) && this.hearsLeader()) return { term: this.currentTerm, voteGranted: false };
`),
        gone(`      this.role = "follower"; // it may have been asking for pre-votes itself\n`),
        gone(`    this.reads.lead();\n`),
        gone(`    if (this.ctx.options.checkQuorum || this.ctx.options.lease) this.expectQuorum();
    this.ctx.leadership(this.currentTerm, true);
`),
        {
          find: `private follow({ term, leaderId }: Pick<AppendEntriesRequest, "term" | "leaderId">): void {`,
          replace: `private follow(term: number): void {`,
        },
        gone(`    this.leaderHeardAt = this.ctx.now();\n`),
        gone(`    this.leader = { id: leaderId, term };\n`),
        gone(`    this.ctx.cancelTimer("quorum");
    this.ctx.cancelTimer("round");
    this.reads.giveUp(this.currentTerm);
`),
        gone(`    this.ctx.leadership(this.currentTerm, false);\n`),
        gone(`      ...this.reads.stamp(),\n`),
        {
          find: `    this.follow(request);
    // What`,
          replace: `    this.follow(request.term);
    // What`,
        },
        {
          find: `    if (!this.stillLeads(from, reply.term, request.term)) return;
    this.confirm(from, request.hint);
    if (reply.success) {`,
          replace: `    if (!this.stillLeads(reply.term, request.term)) return;
    if (reply.success) {`,
        },
        {
          find: `private stillLeads(from: ServerId, replyTerm: number, requestTerm: number): boolean {`,
          replace: `private stillLeads(replyTerm: number, requestTerm: number): boolean {`,
        },
        {
          find: `    if (this.role !== "leader" || requestTerm !== this.currentTerm) return false;
    this.responders.add(from);
    return true;`,
          replace: `    return this.role === "leader" && requestTerm === this.currentTerm;`,
        },
        gone(`    this.answerReads(); // the first of the own term makes commitIndex trustworthy\n`),
        {
          find: `const sender = { term: this.currentTerm, leaderId: this.ctx.id, ...this.reads.stamp() };`,
          replace: `const sender = { term: this.currentTerm, leaderId: this.ctx.id };`,
        },
        {
          find: `    this.follow(request);
    const { lastIncludedIndex`,
          replace: `    this.follow(request.term);
    const { lastIncludedIndex`,
        },
        {
          find: `    if (!this.stillLeads(from, reply.term, request.term)) return;
    this.followerHolds(from, request.lastIncludedIndex);
    this.confirm(from, request.hint);
`,
          replace: `    if (!this.stillLeads(reply.term, request.term)) return;
    this.followerHolds(from, request.lastIncludedIndex);
`,
        },
      ],
    },
  ],
};
