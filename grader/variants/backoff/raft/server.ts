import type { RaftContext, RaftState, ServerId } from "@labs/kit";

/** All that a server knows. */
export type Server = {
  currentTerm: number;
  votedFor: ServerId | null;
  role: "follower" | "preCandidate" | "candidate" | "leader";
  /** Elections, or rounds of pre-votes, begun since a leader was heard. */
  attempts: number;
  votes: Set<ServerId>;
  /** The last leader heard, and when. */
  lastLeader: { readonly id: ServerId; readonly at: number } | null;
  /** As leader: when the last heartbeat that each peer has answered was sent. */
  confirmed: Map<ServerId, number>;
};

/** A server at the beginning of a life. */
export function newServer(saved: RaftState | undefined): Server {
  return {
    currentTerm: saved?.currentTerm ?? 0,
    votedFor: saved?.votedFor ?? null,
    role: "follower",
    attempts: 0,
    votes: new Set(),
    lastLeader: null,
    confirmed: new Map(),
  };
}

/** Makes term and vote durable. */
export function save(ctx: RaftContext, { currentTerm, votedFor }: Server): void {
  ctx.save({ currentTerm, votedFor, log: [], snapshot: null });
}

/** More than half of the cluster. */
export function isMajority(ctx: RaftContext, count: number): boolean {
  return count >= Math.ceil((ctx.peers.length + 2) / 2);
}

/** Enters `term` if it is higher than the own, as a follower; true if so. */
export function enter(ctx: RaftContext, server: Server, term: number): boolean {
  if (term <= server.currentTerm) return false;
  follow(ctx, server);
  server.currentTerm = term;
  server.votedFor = null;
  save(ctx, server);
  return true;
}

/** Ends candidacy or leadership within the term. */
export function follow(ctx: RaftContext, server: Server): void {
  const { role } = server;
  server.role = "follower";
  if (role !== "leader") return;
  ctx.cancelTimer("lead");
  ctx.leadership(server.currentTerm, false);
  wait(ctx, server);
}

/** All times in ms. */
const SHORTEST = 400;
const STEP = 400;
const WIDEST = 1200;

/** Waits for others, the longer the more elections were lost; a leader that is heard starts over. */
export function wait(ctx: RaftContext, server: Server): void {
  const width = Math.min(WIDEST, STEP * Math.max(1, server.attempts));
  ctx.setTimer("wait", SHORTEST + width * ctx.random());
}

/** A leader is known to be alive. */
export function hearsLeader(ctx: RaftContext, server: Server): boolean {
  const window = ctx.options.minElectionTimeout ?? SHORTEST;
  return (
    server.role === "leader" || (server.lastLeader !== null && ctx.now() - server.lastLeader.at < window)
  );
}
