import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { applies, comes, holds, takes, type Leader } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

// What follows the last new entry may be another leader's: min(leaderCommit, index of last new entry) (Figure 2).
scene("leaderCommit counts no further than the logs are known to match", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 1, log: [1, 1, 1, 1] }, 0, 4);
  const leader: Leader = { id: 2, term: 2, log: [1, 1, 2, 2, 2] };
  takes(c, leader, 1, 1, 5);
  applies(c, 1);
  takes(c, leader, 1, 2, 5);
  applies(c, 2);
  takes(c, leader, 2, 4, 5);
  applies(c, 4);
  holds(c, [1, 1, 2, 2]);
  takes(c, leader, 4, 5, 5);
  applies(c, 5);
});

scene("a commit index that comes late takes nothing back", { ...THREE, points: 1 }, (c) => {
  const leader: Leader = { id: 1, term: 1, log: [1, 1, 1, 1, 1] };
  takes(c, leader, 0, 4, 3);
  applies(c, 3);
  for (const commit of [1, 0, 2, 3]) comes(c, leader, 4, 4, commit);
  c.watch(20);
  applies(c, 3);
  takes(c, leader, 4, 5, 1);
  takes(c, leader, 5, 5, 4);
  applies(c, 4);
  takes(c, leader, 5, 5, 5);
  applies(c, 5);
});

scene("a thousand entries that are committed at once are applied at once", { ...THREE, points: 1 }, (c) => {
  const log = Array.from({ length: 1000 }, () => 1);
  const leader: Leader = { id: 1, term: 1, log };
  for (let at = 0; at < 1000; at += 250) takes(c, leader, at, at + 250);
  takes(c, leader, 1000, 1000, 1000);
  applies(c, 1000);
  holds(c, log);
});

scene("followers of an idle leader learn what is committed", { lab: 2, servers: 5, points: 2 }, (c) => {
  for (let i = 1; i <= 4; i++) {
    const leader = c.leader();
    const index = accepted(c, leader, c.fresh(), i);
    c.until(`committing entry ${index}`, () => c.lastApplied(leader) >= index, 200);
    c.awaitApplied(index, 5, 250);
  }
});
