import type { RaftContext } from "@labs/kit";
import type { Server } from "./server";

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
