import { scene } from "../../../labs/kit/raft";
import { encourage } from "../1-election/script";
import { applies, holds, refuses, takes } from "../2-replication/script";
import { again, campaigns, denies, grants } from "./script";

const THREE = { lab: 3, servers: 3, puppets: [1, 2] } as const;

const UP_TO_DATE =
  "log[] is persistent: after a crash, too, a vote is only for a log at least as up-to-date (Figure 2; §5.4.1)";

// Each way in which a log changes, with a crash behind it.
scene("what was appended, and what was removed, is so after a crash", { ...THREE, points: 2 }, (c) => {
  const first = { id: 1, term: 2, log: [1, 1, 2, 2, 2] };
  takes(c, first, 0, 3);
  again(c);
  holds(c, [1, 1, 2]);
  takes(c, first, 3, 5);
  again(c);
  refuses(c, { ...first, log: [...first.log, 2] }, 6);
  const shorter = { id: 2, term: 3, log: [1, 3] };
  takes(c, shorter, 1, 2);
  again(c);
  holds(c, shorter.log);
  refuses(c, { id: 2, term: 3, log: [1, 3, 3] }, 3);
  const other = { id: 1, term: 5, log: [4, 4, 4] };
  takes(c, other, 0, 1);
  again(c);
  takes(c, other, 1, 3, 3);
  holds(c, other.log);
  applies(c, 3);
});

// What is saved is the whole state: a vote or a term must not take the log with it.
scene("the log outlives votes, terms and campaigns", { ...THREE, points: 2 }, (c) => {
  const log = [1, 2, 2];
  takes(c, { id: 1, term: 2, log }, 0, 3);
  again(c);
  denies(c, { id: 2, term: 3, log: [1, 2] }, UP_TO_DATE);
  grants(c, { id: 2, term: 3, log });
  again(c);
  holds(c, log);
  takes(c, { id: 2, term: 3, log }, 3, 3);
  takes(c, { id: 1, term: 4, log }, 3, 3);
  again(c);
  holds(c, log);
  encourage(c, [1, 2]);
  const term = campaigns(c);
  again(c);
  denies(c, { id: 2, term: term + 1, log: [1, 1, 1, 1] }, UP_TO_DATE);
  const next = { id: 1, term: term + 2, log: [...log, term + 2] };
  refuses(c, next, 4);
  takes(c, next, 3, 4, 4);
  holds(c, next.log);
  applies(c, 4);
});

// commitIndex is volatile (Figure 2): the disk does not say what is committed. To remember some of it does no harm.
scene("what is on the disk is not committed for that", { ...THREE, points: 2 }, (c) => {
  const past = { id: 1, term: 2, log: [1, 1, 2, 2, 2] };
  takes(c, past, 0, 5, 3);
  applies(c, 3);
  again(c);
  takes(c, past, 5, 5, 0);
  c.watch(15);
  c.expect(
    c.lastApplied(0) <= 3,
    "Only committed entries are applied (§5.3): a server learns from its leader which they are",
    `server 0 applied up to entry 3 before the crash; now it has applied entry ${c.lastApplied(0)}`,
    0,
  );
  takes(c, past, 5, 5, 3);
  applies(c, 3);
  const next = { id: 2, term: 3, log: [1, 1, 2, 3] };
  takes(c, next, 3, 4, 4);
  applies(c, 4);
  again(c);
  takes(c, next, 4, 4, 4);
  applies(c, 4);
  holds(c, next.log);
});
