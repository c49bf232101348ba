import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage } from "../1-election/script";
import { Follower, holds, leads, takes } from "../2-replication/script";
import { again, campaigns, crashAround, denies, grants, stands } from "./script";

const THREE = { lab: 3, servers: 3, puppets: [1, 2] } as const;

const ONE_VOTE =
  "votedFor is persistent: each server will vote for at most one candidate in a given term (Figure 2; §5.2)";

/** What is on server 0's disk beside the vote. */
const LOG = [2, 2];

function prepare(c: RaftCluster): void {
  takes(c, { id: 1, term: 2, log: LOG }, 0, 2);
  again(c);
}

// The log is saved often after the vote, and the vote must be in each of these saves.
scene("the vote is still there when the log has grown", { ...THREE, points: 2 }, (c) => {
  grants(c, { id: 1, term: 7, log: [] });
  const leader = { id: 1, term: 7, log: [7, 7, 7] };
  takes(c, leader, 0, 2);
  again(c);
  denies(c, { id: 2, term: 7, log: [7, 7] }, ONE_VOTE);
  takes(c, leader, 2, 3, 2);
  again(c);
  denies(c, { id: 2, term: 7, log: [7, 7, 7] }, ONE_VOTE);
  grants(c, { id: 2, term: 8, log: [7, 7, 7] });
  again(c);
  denies(c, { id: 1, term: 8, log: [7, 7, 7] }, ONE_VOTE);
});

scene("a candidate has voted for itself, and still knows it after a crash", { ...THREE, points: 2 }, (c) => {
  prepare(c);
  encourage(c, [1, 2]);
  for (let round = 0; round < 3; round++) {
    const term = campaigns(c);
    again(c);
    denies(c, { id: 2, term, log: LOG }, ONE_VOTE);
    grants(c, { id: 1, term: term + 1, log: LOG });
  }
  holds(c, LOG);
});

// The term came with an answer, the vote later: one without the other is no vote.
scene("a vote in a term that an answer told of", { ...THREE, points: 2 }, (c) => {
  prepare(c);
  encourage(c, [1, 2]);
  const higher = 50;
  for (const id of [1, 2]) c.puppet(id).answer("requestVote", () => ({ term: higher, voteGranted: false }));
  c.until("adopting the higher term", () => (c.status(0)?.term ?? 0) >= higher);
  crashAround("after", c, () => grants(c, { id: 1, term: higher, log: LOG }));
  denies(c, { id: 2, term: higher, log: LOG }, ONE_VOTE);
  grants(c, { id: 1, term: higher, log: LOG });
  holds(c, LOG);
});

// Between the save and the answer: the candidate cannot know, and asks again. First with nothing else on the disk.
scene("a vote whose answer never left is given once more", { ...THREE, points: 2 }, (c) => {
  for (const [term, log] of [
    [1, []],
    [5, LOG],
  ] as const) {
    // prettier-ignore
    crashAround("before", c, () => stands(c, { id: 1, term, log }));
    denies(c, { id: 2, term, log }, ONE_VOTE);
    grants(c, { id: 1, term, log });
    takes(c, { id: 1, term: Math.max(term, 2), log: LOG }, log.length, 2);
    again(c);
    holds(c, LOG);
  }
});

// Whoever enters a term has not voted in it; nor has its disk, whatever stood there for the term before.
scene("a new term begins without a vote, on the disk as well", { ...THREE, points: 2 }, (c) => {
  prepare(c);
  for (const id of [1, 2]) new Follower(c, id, LOG);
  const higher = leads(c) + 10;
  for (const id of [1, 2]) c.puppet(id).answer("appendEntries", () => ({ term: higher, success: false }));
  c.until("stepping down for the higher term", () => (c.status(0)?.term ?? 0) >= higher);
  again(c);
  grants(c, { id: 1, term: higher, log: LOG });
  denies(c, { id: 2, term: higher, log: LOG }, ONE_VOTE);
  const next = { id: 2, term: higher + 1, log: LOG };
  takes(c, next, 2);
  again(c);
  grants(c, next); // the leader of the term itself, so that it does not matter whether following it counts as a vote
  denies(c, { ...next, id: 1 }, ONE_VOTE);
  holds(c, LOG);
});
