import type {
  PreVoteReply,
  PreVoteRequest,
  RaftContext,
  RequestVoteReply,
  RequestVoteRequest,
  ServerId,
} from "@labs/kit";
import { lead } from "./leading";
import { enter, follow, isMajority, save, type Server, hearsLeader, wait } from "./server";

/** Patience is at an end. */
export function seekVotes(ctx: RaftContext, server: Server): void {
  server.attempts += 1;
  if (ctx.options.preVote) {
    server.role = "preCandidate";
    askAll(ctx, server, "preVote", server.currentTerm + 1);
  } else {
    campaign(ctx, server);
  }
}

function campaign(ctx: RaftContext, server: Server): void {
  server.role = "candidate";
  server.currentTerm += 1;
  server.votedFor = ctx.id;
  save(ctx, server);
  askAll(ctx, server, "requestVote", server.currentTerm);
}

function askAll(ctx: RaftContext, server: Server, method: "preVote" | "requestVote", term: number): void {
  wait(ctx, server);
  server.votes = new Set();
  for (const to of ctx.peers) {
    ctx.call(to, method, { term, candidateId: ctx.id, lastLogIndex: 0, lastLogTerm: 0 });
  }
  count(ctx, server, ctx.id);
}

function count(ctx: RaftContext, server: Server, voter: ServerId): void {
  server.votes.add(voter);
  if (!isMajority(ctx, server.votes.size)) return;
  if (server.role === "preCandidate") return campaign(ctx, server);
  server.role = "leader";
  server.confirmed = new Map(ctx.peers.map((peer) => [peer, ctx.now()]));
  ctx.cancelTimer("wait");
  ctx.leadership(server.currentTerm, true);
  lead(ctx, server);
}

/** Answers a request for the vote of a term: first come, first served. */
export function giveVote(ctx: RaftContext, server: Server, request: RequestVoteRequest): RequestVoteReply {
  const hint = { lastLeader: server.lastLeader?.id ?? null };
  const no = (): RequestVoteReply => ({ term: server.currentTerm, voteGranted: false, hint });
  if (ctx.options.checkQuorum && hearsLeader(ctx, server)) return no();
  enter(ctx, server, request.term);
  if (request.term < server.currentTerm) return no();
  if (server.votedFor === null) {
    server.votedFor = request.candidateId;
    save(ctx, server);
  }
  if (server.votedFor !== request.candidateId) return no();
  follow(ctx, server);
  wait(ctx, server);
  return { term: server.currentTerm, voteGranted: true, hint };
}

/** Takes note of a vote, unless it is of another election. */
export function countVote(
  ctx: RaftContext,
  server: Server,
  from: ServerId,
  reply: RequestVoteReply,
  request: RequestVoteRequest,
): void {
  if (enter(ctx, server, reply.term)) return;
  const current = server.role === "candidate" && request.term === server.currentTerm;
  if (current && reply.voteGranted) count(ctx, server, from);
}

/** Answers whether this server would vote so; nothing changes. */
export function givePreVote(ctx: RaftContext, server: Server, request: PreVoteRequest): PreVoteReply {
  const voteGranted = request.term > server.currentTerm && !hearsLeader(ctx, server);
  return { term: server.currentTerm, voteGranted };
}

/** Takes note of a pre-vote, unless it is of another round. */
export function countPreVote(
  ctx: RaftContext,
  server: Server,
  from: ServerId,
  reply: PreVoteReply,
  request: PreVoteRequest,
): void {
  if (enter(ctx, server, reply.term)) return;
  const current = server.role === "preCandidate" && request.term === server.currentTerm + 1;
  if (current && reply.voteGranted) count(ctx, server, from);
}
