import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { applies, entriesOf, Follower, leads, takes } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;
const FIVE = { lab: 2, servers: 5, puppets: [1, 2, 3, 4] } as const;

// All hold them, and yet: a server without them could not win, but one with entries of a later term could (Figure 8).
scene("entries of older terms wait for one of the leader's own", { ...THREE, points: 3 }, (c) => {
  takes(c, { id: 1, term: 2, log: [1, 2, 2] }, 0, 3);
  const followers = [1, 2].map((id) => new Follower(c, id, [1, 2, 2]));
  leads(c);
  c.until("a round of heartbeats", () => followers.every(({ heard }) => heard.length >= 2), 1000);
  c.expect(
    c.lastApplied(0) === 0,
    "Only log entries from the leader's current term are committed by counting replicas (§5.4.2, Figure 8)",
    `server 0 has applied up to entry ${c.lastApplied(0)}; nothing of its own term was proposed yet`,
    0,
  );
  accepted(c, 0, "own", 4);
  applies(c, 4);
});

// The servers hold 12, 12, 9, 2 and 0 entries: nine of them are on three.
scene("committed is what a majority holds, no more and no less", { ...FIVE, points: 2 }, (c) => {
  const followers = [1, 2, 3, 4].map((id) => new Follower(c, id));
  leads(c);
  const ends = [12, 9, 2, 0]; // up to where followers 1 to 4 hear
  followers.forEach((follower, i) => {
    follower.hears = ({ prevLogIndex, entries }) => prevLogIndex + entries.length <= (ends[i] ?? 0);
  });
  let index = 0;
  for (const end of [2, 9, 12]) {
    while (index < end) accepted(c, 0, c.fresh(), ++index);
    c.until(
      `sending ${end} entries`,
      () => followers.every((follower, i) => follower.lastIndex >= Math.min(end, ends[i] ?? 0)),
      2000,
    );
  }
  applies(c, 9);
  const [, , third] = followers;
  if (third !== undefined) third.hears = () => true;
  c.until("committing all that a third server holds now", () => c.lastApplied(0) === 12, 2000);
});

// The same answer twice is still one server's.
scene("a success counts once, however often it comes", { ...FIVE, points: 1 }, (c) => {
  const [first, ...others] = [1, 2, 3, 4].map((id) => new Follower(c, id));
  for (const other of others) other.hears = ({ entries }) => entries.length === 0;
  leads(c);
  accepted(c, 0, "counted", 1);
  c.until("sending it", () => first?.lastIndex === 1, 500);
  const carried = (letter: { message: { request?: unknown } }): boolean =>
    (letter.message.request as { entries: unknown[] }).entries.length > 0;
  const letter = c.puppet(1).requests("appendEntries").find(carried);
  for (let i = 0; i < 5; i++) {
    if (letter !== undefined) c.puppet(1).reply(letter, { term: c.status(0)?.term ?? 0, success: true });
    c.watch(5);
  }
  c.expect(
    c.lastApplied(0) === 0,
    "Committed is what a majority of the servers holds (§5.3; Figure 2, leaders)",
    "server 0 has applied entry 1, which it and server 1 hold, two of five; server 1 told so six times",
    0,
  );
  for (const other of others) other.hears = () => true;
  c.until("committing it", () => c.lastApplied(0) === 1, 2000);
});

// All that was learnt of followers belongs to the term in which it was learnt (Figure 2: reinitialized after election).
scene("what followers held in an earlier term is forgotten", { ...FIVE, points: 3 }, (c) => {
  const [first, second, ...others] = [1, 2, 3, 4].map((id) => new Follower(c, id));
  if (first === undefined || second === undefined) return;
  for (const other of [second, ...others]) other.hears = () => false;
  const term = leads(c);
  for (const index of [1, 2, 3, 4]) accepted(c, 0, c.fresh(), index);
  c.until("sending four entries", () => first.lastIndex === 4, 500);
  c.watch(10);

  takes(c, { id: 2, term: term + 1, log: [term + 1] }, 0, 1);
  first.hears = () => false;
  second.hears = () => true;
  second.log = entriesOf([term + 1]);
  leads(c);
  for (const index of [2, 3]) accepted(c, 0, c.fresh(), index);
  c.until("sending them", () => second.lastIndex === 3, 1000);
  c.watch(50);
  c.expect(
    c.lastApplied(0) === 0,
    "matchIndex[] and nextIndex[] are reinitialized after election (Figure 2, volatile state on leaders)",
    `server 0 has applied up to entry ${c.lastApplied(0)}: in this term, server 2 alone says that it holds something`,
    0,
  );
  first.hears = () => true;
  c.until("committing what three servers hold", () => c.lastApplied(0) === 3, 2000);
});
