import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, termOf } from "../1-election/script";
import { comes, holds, takes, type Leader, type Terms } from "./script";

const PUPPET = 4;
const FIVE = { lab: 2, servers: 5, puppets: [PUPPET] } as const;
/** Entries in one call of the puppet. */
const CALL = 250;
const COMMON: Terms = Array.from({ length: 20 }, () => 1);

/** A log of `count` entries for each of these terms, behind what all have in common. */
function log(terms: Terms, count: number): Terms {
  return [...COMMON, ...terms.flatMap((term) => Array.from({ length: count }, () => term))];
}

/** Past leaders, played by the puppet, give server 0 a log of its own and the others another. */
function prepare(c: RaftCluster, astray: Terms, others: Terms): void {
  const logs = [astray, others, others, others];
  for (let term = 1; term <= Math.max(...astray, ...others); term++) {
    logs.forEach((log, server) => {
      const leader: Leader = { id: PUPPET, term, log };
      const [first, last] = [log.indexOf(term), log.lastIndexOf(term) + 1];
      takes(c, leader, Math.max(first, 0), Math.min(last, first + CALL), 0, server); // nothing new: a heartbeat
      for (let at = first + CALL; at < last; at += CALL) {
        takes(c, leader, at, Math.min(last, at + CALL), 0, server);
      }
    });
  }
  logs.forEach((log, server) => holds(c, log, server));
}

/** From now on the puppet votes for one of servers 1 to 3 in each term. */
function votes(c: RaftCluster): void {
  encourage(c, [PUPPET]);
  const given = new Map<number, number>();
  c.puppet(PUPPET).answer("requestVote", (request, from) => {
    const term = termOf(request);
    if (!given.has(term) && from !== 0) given.set(term, from);
    return { term, voteGranted: given.get(term) === from };
  });
}

/**
 * Servers 1 to 3 elect a leader and commit, while server 0 hears the puppet alone; then it meets them.
 *
 * @returns the calls to server 0 until it had all, heartbeats not counted
 */
function reunite(c: RaftCluster, astray: Terms, length: number): number {
  votes(c);
  for (const id of [1, 2, 3]) c.cut(0, id);
  const past: Leader = { id: PUPPET, term: Math.max(...astray), log: astray };
  for (let i = 0; i < 200 && c.lastApplied(1) < length; i++) {
    comes(c, past, astray.length);
    c.watch(50);
    const leader = c.lastLeadership?.server;
    for (let n = 0; leader !== undefined && n < 5; n++) c.propose(leader);
  }
  const last = c.commitIndex;
  const start = c.now;
  for (const id of [1, 2, 3]) c.mend(0, id);
  const { calls } = c.used(() => c.awaitApplied(last, 4, 2000 + last), 0);
  return calls - Math.ceil((c.now - start) / 100);
}

/** How many calls to server 0 may be needed: refusals, and what carries entries (handout). */
function budget(c: RaftCluster, calls: number, terms: number, whom: string): void {
  const length = c.commitIndex;
  let halvings = 0;
  for (let rest = length; rest > 1; rest /= 2) halvings += 1;
  const refusals = Math.max(terms, halvings) + 3;
  const carrying = Math.ceil((length - COMMON.length) / 64) + 8;
  c.budget("messages", calls, refusals + carrying, `to bring ${whom} to a log of ${length} entries`);
}

scene("hundreds of wrong entries of many terms are passed in few calls", { ...FIVE, points: 3 }, (c) => {
  const astray = log([2, 4, 6, 8, 10, 12, 14, 16], 50);
  const others = log([3, 5, 7, 9, 11, 13, 15, 17], 45);
  prepare(c, astray, others);
  const calls = reunite(c, astray, others.length + 1);
  budget(c, calls, 8, "a follower with entries of eight wrong terms");
});

scene("hundreds of entries of one wrong term are passed in few calls", { ...FIVE, points: 1 }, (c) => {
  const astray = log([2], 250);
  const others = log([3], 200);
  prepare(c, astray, others);
  const calls = reunite(c, astray, others.length + 1);
  budget(c, calls, 1, "a follower with entries of one wrong term");
});

scene("a follower thousands of entries behind catches up in large pieces", { ...FIVE, points: 2 }, (c) => {
  const others = log([2], 2000);
  prepare(c, COMMON, others);
  const calls = reunite(c, COMMON, others.length + 1);
  budget(c, calls, 1, "a follower with a short log");
});
