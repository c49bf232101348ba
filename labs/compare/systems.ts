import type { ReadMode } from "../kit/kv";
import type { Consistency } from "../kit/quorum";

/** A quorum configuration of N replicas. */
export interface QuorumSystem {
  readonly kind: "quorum";
  readonly name: string;
  readonly W: number;
  readonly R: number;
  readonly promise: Consistency;
}

/** Raft with the key/value service, and a way to read. */
export interface RaftSystem {
  readonly kind: "raft";
  readonly name: string;
  readonly read: ReadMode;
}

/** One of those that are compared, for a given number of servers. */
export type System = QuorumSystem | RaftSystem;

/** E.g. `WARO, 3 servers`. */
export function tellSystem(name: string, N: number): string {
  return `${name}, ${N} server${N === 1 ? "" : "s"}`;
}

/** More than half. */
export function majorityOf(N: number): number {
  return Math.floor(N / 2) + 1;
}

/**
 * All that are compared on N servers. One name means the same idea for every N: WARO writes all and reads one, “nearly all” writes all
 * but one.
 */
export function systemsOf(N: number): System[] {
  const most = majorityOf(N);
  const quorum = (name: string, W: number, R: number, promise: Consistency): QuorumSystem[] =>
    W >= 1 && R <= N ? [{ kind: "quorum", name, W, R, promise }] : [];
  const raft = (name: string, read: ReadMode): RaftSystem => ({ kind: "raft", name, read });
  return [
    ...quorum("WARO", N, 1, "regular"),
    ...(N > 3 ? quorum("nearly all", N - 1, 2, "regular") : []),
    ...quorum("majority", most, most, "atomic"),
    ...quorum("majority, regular", most, most, "regular"),
    ...quorum("write one, read all", 1, N, "regular"),
    ...quorum("one and one", 1, 1, "eventual"),
    raft("Raft, log reads", "log"),
    raft("Raft, ReadIndex", "readIndex"),
    raft("Raft, lease", "lease"),
    raft("Raft, follower reads", "follower"),
    raft("Raft, session reads", "session"),
  ];
}
