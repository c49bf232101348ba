import type { AppendEntriesReply, AppendEntriesRequest, RaftContext, ServerId } from "@labs/kit";
import { enter, follow, isMajority, type Server, wait } from "./server";

const HEARTBEAT_MS = 100;
const QUORUM_MS = 600;

/** A leader's pulse: one heartbeat to all. */
export function lead(ctx: RaftContext, server: Server): void {
  const sentAt = ctx.now();
  if (ctx.options.checkQuorum && !hasQuorum(ctx, server, sentAt)) return follow(ctx, server);
  ctx.setTimer("lead", HEARTBEAT_MS);
  for (const to of ctx.peers) {
    ctx.call(to, "appendEntries", {
      term: server.currentTerm,
      leaderId: ctx.id,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: [],
      leaderCommit: 0,
      hint: { sentAt },
    });
  }
}

function hasQuorum(ctx: RaftContext, server: Server, now: number): boolean {
  const recent = [...server.confirmed.values()].filter((at) => now - at < QUORUM_MS);
  return isMajority(ctx, recent.length + 1);
}

/** Answers a heartbeat: follows its sender, unless that is a leader of the past. */
export function hearLeader(
  ctx: RaftContext,
  server: Server,
  request: AppendEntriesRequest,
): AppendEntriesReply {
  if (request.term < server.currentTerm) return { term: server.currentTerm, success: false };
  enter(ctx, server, request.term);
  follow(ctx, server);
  server.attempts = 0;
  server.lastLeader = { id: request.leaderId, at: ctx.now() };
  wait(ctx, server);
  return { term: server.currentTerm, success: request.prevLogIndex === 0 && request.prevLogTerm === 0 };
}

/** Takes note that a follower has answered a heartbeat, and when that one was sent. */
export function countAnswer(
  ctx: RaftContext,
  server: Server,
  from: ServerId,
  reply: AppendEntriesReply,
  request: AppendEntriesRequest,
): void {
  if (enter(ctx, server, reply.term) || server.role !== "leader") return;
  const sentAt = sentAtOf(request);
  if (sentAt > (server.confirmed.get(from) ?? 0)) server.confirmed.set(from, sentAt);
}

function sentAtOf({ hint }: AppendEntriesRequest): number {
  if (typeof hint !== "object" || hint === null || !("sentAt" in hint)) return 0;
  return typeof hint.sentAt === "number" ? hint.sentAt : 0;
}
