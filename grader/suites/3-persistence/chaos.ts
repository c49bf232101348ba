import type { RaftCluster } from "../../../labs/kit/raft";

// What MIT's chaotic tests have in common.

/** How long MIT's Figure 8 tests sleep: mostly a few ms, now and then up to half an election timeout. In virtual ms. */
export function nap(random: ReturnType<RaftCluster["random"]>): number {
  return random.chance(0.1) ? random.int(500) : random.int(13);
}

/** Proposes a command of its own to each of these servers; returns the last one that accepted. */
export function proposeTo(c: RaftCluster, servers: readonly number[]): number | undefined {
  let last: number | undefined;
  for (const server of servers) if (c.propose(server) !== undefined) last = server;
  return last;
}
