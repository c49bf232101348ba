import { scene } from "../../../labs/kit/raft";
import { applies, comes, holds, takes, type Leader } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

scene("copies, overtaken calls and calls of the past change nothing", { ...THREE, points: 2 }, (c) => {
  const past: Leader = { id: 2, term: 1, log: [1, 1, 1, 1] };
  takes(c, past, 0, 2);
  const leader: Leader = { id: 1, term: 2, log: [1, 1, 2, 2, 2, 2] };
  takes(c, leader, 2, 4, 2);
  takes(c, leader, 4, 6, 3);
  applies(c, 3);
  const order = c.random("order");
  const calls = [
    () => comes(c, leader, 0, 2),
    () => comes(c, leader, 2, 4, 2),
    () => comes(c, leader, 2, 3, 1),
    () => comes(c, leader, 4, 5, 3),
    () => comes(c, leader, 1, 1, 3),
    () => comes(c, leader, 4, 6, 3),
    () => comes(c, past, 2, 4, 4),
    () => comes(c, past, 0, 0, 1),
  ];
  for (let i = 0; i < 24; i++) {
    order.pick(calls)();
    if (i % 8 < 7) continue;
    c.watch(20);
    holds(c, leader.log);
    applies(c, 3);
  }
  takes(c, leader, 6, 6, 6);
  applies(c, 6);
});

scene("a call that was overtaken by later ones truncates nothing", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 1, log: [1, 1, 1, 1, 1, 1] };
  takes(c, leader, 0, 5);
  takes(c, leader, 0, 2);
  takes(c, leader, 1, 3);
  holds(c, [1, 1, 1, 1, 1]);
  takes(c, leader, 2, 2);
  takes(c, leader, 0, 0);
  holds(c, [1, 1, 1, 1, 1]);
  takes(c, leader, 4, 6, 3);
  applies(c, 3);

  // So it is with the calls of a later leader that has the same entries.
  const next: Leader = { id: 2, term: 3, log: [1, 1, 1, 1, 1, 1] };
  takes(c, next, 1, 4);
  takes(c, next, 2, 2);
  holds(c, next.log);
  takes(c, next, 6, 6, 6);
  applies(c, 6);
});
