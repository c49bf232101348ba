import { scene } from "../../../labs/kit/raft";
import { encourage, termOf } from "../1-election/script";
import { applies, holds, refuses, takes, type Leader } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

// With no entries there is still an entry before them: a success says that both logs are the same up to it.
scene("a heartbeat is compared with the log", { ...THREE, points: 2 }, (c) => {
  const past: Leader = { id: 1, term: 1, log: [1, 1, 1] };
  takes(c, past, 0, 3, 1);
  applies(c, 1);
  const leader: Leader = { id: 2, term: 3, log: [1, 1, 2, 2, 3] };
  refuses(c, leader, 5, 5, 4);
  refuses(c, leader, 3, 3, 4);
  applies(c, 1);
  takes(c, leader, 2, 2, 4);
  applies(c, 2);
  takes(c, leader, 2, 5, 5);
  holds(c, leader.log);
  applies(c, 5);
});

scene("entries find their place or are refused", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 1, log: [1, 1] }, 0, 2);
  const next: Leader = { id: 2, term: 4, log: [1, 1, 3, 3, 4, 4] };
  refuses(c, next, 4, 6);
  refuses(c, next, 3, 6);
  holds(c, [1, 1]);
  takes(c, next, 2, 4);
  holds(c, [1, 1, 3, 3]);
  takes(c, next, 4, 6);

  const last: Leader = { id: 1, term: 6, log: [1, 1, 3, 5, 5, 5, 5] };
  refuses(c, last, 6, 7);
  refuses(c, last, 4, 7);
  takes(c, last, 3, 5);
  takes(c, last, 5, 7, 7);
  holds(c, last.log);
  applies(c, 7);
});

// A candidate is no leader yet: whoever won its term may overwrite its log (§5.2).
scene("a candidate takes entries of the leader of its term", { ...THREE, points: 1 }, (c) => {
  takes(c, { id: 1, term: 1, log: [1, 1] }, 0, 2);
  encourage(c, [1, 2]);
  const term = termOf(c.puppet(1).expectRequest("requestVote", () => true).message.request);
  const leader: Leader = { id: 2, term, log: [1, term, term] };
  takes(c, leader, 1, 3);
  holds(c, leader.log);
  takes(c, leader, 3, 3, 3);
  applies(c, 3);
});
