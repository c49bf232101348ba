import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { applies, comes, Follower, leads, takes } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

// Longer logs of earlier terms give way; the leader changes nothing in its own (Figure 3: Leader Append-Only).
scene("a leader brings others to its log and adds to its own", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 3, log: [1, 1, 3, 3] }, 0, 4);
  const own = c.log(0).entries;
  const others = [new Follower(c, 1, [1, 2, 2, 2, 2, 2, 2]), new Follower(c, 2, [1])];
  leads(c);
  accepted(c, 0, "its own", 5);
  const same = (): boolean =>
    others.every(({ log }) => JSON.stringify(log) === JSON.stringify(c.log(0).entries));
  c.until("bringing both followers to its log", same, 5000);
  applies(c, 5);
  c.expect(
    JSON.stringify(c.log(0).entries.slice(0, 4)) === JSON.stringify(own),
    "Leader Append-Only: a leader never overwrites or deletes entries in its log (§5.3, Figure 3)",
    "server 0's first four entries are not what they were when it was elected",
    0,
  );
});

scene("a leader obeys no leader of the past", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 2, log: [1, 2] }, 0, 2);
  const followers = [1, 2].map((id) => new Follower(c, id, [1, 2]));
  const term = leads(c);
  followers.forEach((follower) => (follower.speaks = ({ entries }) => entries.length === 0));
  accepted(c, 0, "open", 3);
  c.watch(10);
  const before = JSON.stringify(c.log(0).entries);
  const past = { id: 2, term: term - 1, log: [1, 1, 1, 1] };
  for (const [after, upTo] of [[0, 4], [1, 2], [1, 1], [2, 3], [0, 0]] as const) comes(c, past, after, upTo, upTo); // prettier-ignore
  c.watch(20);
  c.expect(
    JSON.stringify(c.log(0).entries.slice(0, 3)) === before,
    "Reply false if term < currentTerm (Figure 2, AppendEntries receiver 1)",
    `server 0, leader of term ${term}, changed its log for a leader of term ${past.term}`,
    0,
  );
  followers.forEach((follower) => (follower.speaks = () => true));
  c.until("committing its own entry", () => c.lastApplied(0) === 3, 2000);
});
