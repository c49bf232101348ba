import { scene } from "../../../labs/kit/raft";
import { refuses, takes, type Leader } from "../2-replication/script";
import { again } from "../3-persistence/script";
import { brings, goesOn, keeps } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

scene("a snapshot ahead of all that is known is installed", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 4, log: [1, 1, 2, 3, 3, 3, 3, 4, 4, 4] };
  brings(c, leader, 7);
  goesOn(c, 7, 7);
  keeps(c, 7, leader.log.slice(0, 7));
  takes(c, leader, 7, 9, 8);
  goesOn(c, 8, 7);
  refuses(c, leader, 10);
  keeps(c, 7, leader.log.slice(0, 9));
  takes(c, leader, 9, 10, 10);
  goesOn(c, 10, 7);

  // The next one replaces this one, and what follows it.
  const next: Leader = { id: 2, term: 5, log: [...leader.log, 4, 5, 5, 5, 5] };
  brings(c, next, 13);
  goesOn(c, 13, 13);
  keeps(c, 13, next.log.slice(0, 13));
  takes(c, next, 13, 15, 15);
  goesOn(c, 15, 13);
});

// Figure 13, receiver 6: what follows may be acknowledged, even committed.
scene("a snapshot of a part of the log leaves what follows it", { ...THREE, points: 2 }, (c) => {
  const past: Leader = { id: 1, term: 2, log: [1, 1, 1, 2, 2, 2, 2, 2] };
  takes(c, past, 0, 8, 3);
  goesOn(c, 3, 0);
  brings(c, past, 5);
  takes(c, past, 8, 8, 3);
  brings(c, past, 8);
  takes(c, past, 8, 8, 8);
  goesOn(c, 8, 8);

  // The last entry of the snapshot matches, what follows it is another leader's: entries correct that, as ever.
  takes(c, { ...past, log: [...past.log, 2, 2, 2] }, 8, 11, 8);
  const next: Leader = { id: 2, term: 4, log: [...past.log, 2, 4, 4, 4] };
  brings(c, next, 9);
  takes(c, next, 9, 12, 9);
  takes(c, next, 12, 12, 12);
  goesOn(c, 12, 9);
});

// Figure 13, receiver 7: without such an entry all that is there is of leaders that are gone.
scene("a snapshot that contradicts the log replaces all of it", { ...THREE, points: 3 }, (c) => {
  takes(c, { id: 1, term: 2, log: [1, 1, 2, 2, 2, 2, 2, 2] }, 0, 8, 2);
  goesOn(c, 2, 0);
  const leader: Leader = { id: 2, term: 4, log: [1, 1, 3, 3, 3, 4, 4] };
  brings(c, leader, 5);
  goesOn(c, 5, 5);
  keeps(c, 5, leader.log.slice(0, 5));
  refuses(c, leader, 7, 7, 5);
  again(c);
  goesOn(c, 5, 5);
  takes(c, leader, 5, 7, 7);
  goesOn(c, 7, 5);
  keeps(c, 5, leader.log);

  // Also if what is there is longer, and of a later term than the snapshot's last entry.
  takes(c, { id: 1, term: 6, log: [...leader.log, 6, 6, 6, 6, 6, 6] }, 7, 13, 7);
  const next: Leader = { id: 2, term: 8, log: [...leader.log, 5, 5, 5, 8, 8] };
  brings(c, next, 10);
  goesOn(c, 10, 10);
  keeps(c, 10, next.log.slice(0, 10));
  takes(c, next, 10, 12, 12);
  goesOn(c, 12, 10);
});
