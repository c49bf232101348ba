import { mustKeepRules } from "./experiment";
import { playRaft, type RaftSetup } from "./raft-world";

/** What happened after a leader had crashed. */
export interface Failover {
  /** New terms until there was a leader; undefined if there was none within five virtual seconds. */
  readonly terms: number | undefined;
  /** Virtual ms from the crash until somebody led. */
  readonly ms: number;
}

/** Elects a leader, crashes it half a second later, and waits for the next one. */
export function failover(setup: RaftSetup): Failover {
  let result: Failover = { terms: undefined, ms: 0 };
  const outcome = playRaft(setup, (raft) => {
    raft.bootAll();
    const old = raft.leader(0, 10_000);
    if (old === undefined) return;
    raft.watch(500);
    const before = raft.highestTerm();
    raft.world.crash(old.server);
    const crashed = raft.world.now;
    const next = raft.leader(before);
    if (next !== undefined) result = { terms: next.term - before, ms: raft.world.now - crashed };
  });
  mustKeepRules(outcome);
  return result;
}
