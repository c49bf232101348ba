import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, termOf } from "../1-election/script";
import { applies, comes, holds, refuses, takes, type Leader, type Terms } from "./script";

/** Figure 7: the leader's log, and the six that followers may have. */
const TOP: Terms = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
const SIX: readonly Terms[] = [
  [1, 1, 1, 4, 4, 5, 5, 6, 6],
  [1, 1, 1, 4],
  [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
  [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
  [1, 1, 1, 4, 4, 4, 4],
  [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
];

/** Leaders of seven terms, all played by `puppet`, leave these logs to servers 0, 1, 2 ... */
function prepare(c: RaftCluster, puppet: number, logs: readonly Terms[]): void {
  for (let term = 1; term <= 7; term++) {
    logs.forEach((log, server) => {
      const [first, last] = [log.indexOf(term), log.lastIndexOf(term) + 1];
      if (first >= 0) takes(c, { id: puppet, term, log }, first, last, 0, server);
    });
  }
  logs.forEach((log, server) => holds(c, log, server));
}

/** Up to which entry a log is the same as the leader's. */
function common(log: Terms): number {
  const end = TOP.findIndex((term, i) => term !== log[i]);
  return end < 0 ? TOP.length : end;
}

const BY_THE_BOOK = { lab: 2, servers: 7, points: 3, puppets: [6] } as const;

// The leader of term 8 goes back an entry at a time, as the paper's does: each answer follows from Figure 2.
scene("the six logs of Figure 7, brought to one by the book", BY_THE_BOOK, (c) => {
  prepare(c, 6, SIX);
  const leader: Leader = { id: 6, term: 8, log: [...TOP, 8] };
  for (let after = TOP.length; after > 0; after--) {
    SIX.forEach((log, server) => {
      if (common(log) < after) refuses(c, leader, after, 11, 0, server);
      else if (common(log) === after) takes(c, leader, after, 11, 0, server);
      else comes(c, leader, 11, 11, 0, server);
    });
  }
  SIX.forEach((_, server) => takes(c, leader, 11, 11, 11, server));
  SIX.forEach((_, server) => holds(c, leader.log, server));
  SIX.forEach((_, server) => applies(c, 11, server));
});

const BY_A_LEADER = { lab: 2, servers: 8, points: 3, puppets: [7] } as const;

// Only the server with Figure 7's log can win: (c) and (d) hear their last leader until then, nobody else has the votes.
scene("the six logs of Figure 7, brought to one by an elected leader", BY_A_LEADER, (c) => {
  const [OF_C, OF_D] = [3, 4];
  prepare(c, 7, [TOP, ...SIX]);
  encourage(c, [7]);
  const vote = (request: unknown, from: number): object => ({
    term: termOf(request),
    voteGranted: from === 0,
  });
  c.puppet(7).answer("requestVote", vote);
  const past: Leader = { id: 7, term: 7, log: [1, 1, 1] };
  for (const id of c.running()) takes(c, past, 3, 3, 0, id);
  c.isolate(OF_C, OF_D);
  for (const id of [OF_C, OF_D]) c.mend(7, id);
  for (let i = 0; i < 150 && c.lastLeadership === undefined; i++) {
    for (const id of [OF_C, OF_D]) comes(c, past, 3, 3, 0, id);
    c.watch(50);
  }
  c.heal();

  c.expect(
    c.leader() === 0,
    "Only the most up-to-date log of a majority wins (§5.4.1)",
    "server 0 does not lead",
  );
  c.commit("the first of its term");
  c.agree();
  const logs = c.running().map((id) => JSON.stringify(c.log(id).entries));
  c.expect(
    new Set(logs).size === 1 && c.commitIndex === 11,
    "The leader brings its followers' logs to its own (§5.3, Figure 7)",
    `after the agreement on entry ${c.commitIndex}, the disks hold ${new Set(logs).size} different logs`,
  );
});
