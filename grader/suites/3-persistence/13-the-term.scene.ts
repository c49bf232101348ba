import { scene } from "../../../labs/kit/raft";
import { encourage } from "../1-election/script";
import { applies, Follower, holds, leads, takes } from "../2-replication/script";
import { again, campaigns, crashAround, ignores } from "./script";

const THREE = { lab: 3, servers: 3, puppets: [1, 2] } as const;

// Whoever forgets its term obeys the leader of a term that is over, and loses what the present one has told it.
scene("a leader of the past gets no hearing after a crash", { ...THREE, points: 2 }, (c) => {
  const past = { id: 1, term: 4, log: [4, 4, 4, 4] };
  takes(c, past, 0, 2);
  const present = { id: 2, term: 6, log: [4, 6, 6] };
  takes(c, present, 1, 1); // a heartbeat, and nothing to save but the term
  again(c);
  ignores(c, past, 2, 4);
  holds(c, [4, 4]);
  takes(c, present, 1, 3);
  again(c);
  ignores(c, past, 1, 4);
  ignores(c, past, 0, 0);
  holds(c, present.log);
  takes(c, present, 3, 3, 3);
  applies(c, 3);
});

scene("a campaign after a crash begins a new term", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 12, log: [3, 12] }, 0, 2);
  encourage(c, [1, 2]);
  let last = 12;
  for (let round = 0; round < 3; round++) {
    again(c);
    const term = campaigns(c);
    c.expect(
      term > last,
      "currentTerm is persistent, and increases monotonically; each campaign increments it (Figure 2; §5.2)",
      `server 0 was in term ${last}; after a crash it campaigns in term ${term}`,
      0,
    );
    last = term;
  }
});

// A leader hears of a later term in an answer, and need not save it for that; but to promise something in it needs the disk.
scene("a term that came with an answer is promised with the next", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 2, log: [2, 2] }, 0, 2);
  for (const id of [1, 2]) new Follower(c, id, [2, 2]);
  const higher = leads(c) + 10;
  for (const id of [1, 2]) c.puppet(id).answer("appendEntries", () => ({ term: higher, success: false }));
  c.until("stepping down for the higher term", () => (c.status(0)?.term ?? 0) >= higher);
  const present = { id: 2, term: higher, log: [2, 2, higher] };
  crashAround("after", c, () => takes(c, present, 2, 2));
  ignores(c, { id: 1, term: higher - 1, log: [2, higher - 1] }, 1, 2);
  holds(c, [2, 2]);
  takes(c, present, 2, 3, 3);
  applies(c, 3);
});

// The same for a candidate, which hears of it from a voter.
scene("a term that came from a voter is promised with the next answer", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 2, log: [2, 2] }, 0, 2);
  encourage(c, [1, 2]);
  const higher = 50;
  for (const id of [1, 2]) c.puppet(id).answer("requestVote", () => ({ term: higher, voteGranted: false }));
  c.until("adopting the higher term", () => (c.status(0)?.term ?? 0) >= higher);
  const present = { id: 2, term: higher, log: [2, 2, higher] };
  crashAround("after", c, () => takes(c, present, 2, 2));
  ignores(c, { id: 1, term: higher - 1, log: [2, higher - 1] }, 1, 2);
  takes(c, present, 2, 3, 3);
  applies(c, 3);
});
