import { scene } from "../../../labs/kit/raft";
import { comes, holds, takes } from "../2-replication/script";
import { crashAround, denies, grants, ignores } from "./script";

const THREE = { lab: 3, servers: 3, puppets: [1, 2] } as const;

const ONE_VOTE =
  "Persistent state is updated on stable storage before responding to RPCs (Figure 2): the vote was given";

// Each promise that an answer can make, and a crash as soon as it has left.
scene("what the last answer promised is on the disk", { ...THREE, points: 3 }, (c) => {
  const first = { id: 1, term: 3, log: [1, 1, 3, 3] };
  crashAround("after", c, () => takes(c, first, 0, 2));
  holds(c, [1, 1]);
  crashAround("after", c, () => takes(c, first, 2, 4));
  holds(c, first.log);
  const second = { id: 2, term: 4, log: [1, 4] };
  crashAround("after", c, () => takes(c, second, 1, 2));
  holds(c, second.log);
  crashAround("after", c, () => grants(c, { id: 1, term: 6, log: second.log }));
  holds(c, second.log);
  denies(c, { id: 2, term: 6, log: second.log }, ONE_VOTE);
  const third = { id: 1, term: 8, log: [1, 4, 8, 8] };
  crashAround("after", c, () => takes(c, third, 2, 2));
  ignores(c, { id: 2, term: 7, log: [1, 7, 7] }, 1, 3);
  holds(c, second.log);
  crashAround("after", c, () => takes(c, third, 2, 4));
  holds(c, third.log);
});

// Saved and not answered: the leader sends it again, and nothing is there twice.
scene("what was saved and not answered may come again", { ...THREE, points: 2 }, (c) => {
  const first = { id: 1, term: 2, log: [1, 1, 2] };
  crashAround("before", c, () => comes(c, first, 0, 3));
  takes(c, first, 0, 3);
  holds(c, first.log);
  const second = { id: 2, term: 4, log: [1, 3, 4, 4] };
  crashAround("before", c, () => comes(c, second, 1, 3));
  takes(c, second, 1, 3);
  holds(c, [1, 3, 4]);
  crashAround("before", c, () => comes(c, second, 2, 4));
  takes(c, second, 2, 4);
  takes(c, second, 1, 3);
  holds(c, second.log);
});

// Not saved and not answered: it has never been there.
scene("a crash before the save leaves the disk as it was", { ...THREE, points: 2 }, (c) => {
  const first = { id: 1, term: 2, log: [1, 1, 2, 2] };
  takes(c, first, 0, 2);
  const second = { id: 2, term: 3, log: [1, 3, 3] };
  for (const [leader, after] of [
    [first, 2],
    [second, 1],
  ] as const) {
    // prettier-ignore
    const before = c.log(0).entries.map(({ term }) => term);
    c.crashAt({ server: 0, effect: "save", nth: 1, when: "before", restartAfter: 5 });
    comes(c, leader, after, leader.log.length);
    c.until("a save of server 0, which was sent entries,", () => !c.isUp(0), 100);
    holds(c, before);
    c.until("the restart of server 0", () => c.isUp(0), 100);
    takes(c, leader, after, leader.log.length);
    holds(c, leader.log);
  }
});
