import { scene, type AppendEntriesRequest } from "../../../labs/kit/raft";
import { shown } from "../1-election/script";
import { accepted } from "../2-replication/mit";
import { applies, type Terms } from "../2-replication/script";
import { compacts, Receiver } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2], snapshotEvery: 10 } as const;
const FIVE = { lab: 4, servers: 5, puppets: [1, 2, 3, 4], snapshotEvery: 10 } as const;

/** What server 0 has, and has compacted in part. */
const LOG: Terms = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];

const SENDS =
  "A follower that needs entries which the leader has discarded gets its snapshot (§7; Figure 13)";

scene("what the leader has discarded comes as a snapshot", { ...THREE, points: 3 }, (c) => {
  const [, behind] = [new Receiver(c, 1, LOG), new Receiver(c, 2, [1, 1, 1])];
  compacts(c, LOG);
  accepted(c, 0, "next", 26);
  c.until("bringing server 2, which had three entries, to entry 26", () => behind.lastIndex === 26, 2000);
  applies(c, 26);
  const [first] = behind.sent;
  const { lastIncludedIndex: index = 0, lastIncludedTerm: term = 0, data = null } = first ?? {};
  c.expect(index > 3 && index <= 25, SENDS, `the snapshot that is sent: ${shown(first)}`, 0);
  c.expect(
    term === LOG[index - 1] && (data as { index?: number } | null)?.index === index,
    "lastIncludedIndex and lastIncludedTerm tell up to which entry the state in data was taken (Figure 13)",
    `entry ${index} is of term ${LOG[index - 1]}, but the snapshot that is sent says: ${shown(first)}`,
    0,
  );
  const count = behind.sent.length;
  accepted(c, 0, "last", 27);
  c.until("bringing it to entry 27", () => behind.lastIndex === 27, 500);
  c.watch(1000);
  c.expect(
    behind.sent.length === count,
    "A snapshot that was answered is not sent again (handout)",
    "it is",
    0,
  );
});

// An answer is about the snapshot of its own request: nothing behind that (Figure 13), nothing newer.
scene("an answer confirms the snapshot that it answers, no more", { ...FIVE, points: 2 }, (c) => {
  const [quick, behind, ...deaf] = [LOG, [], LOG, LOG].map((log, i) => new Receiver(c, i + 1, log));
  if (quick === undefined || behind === undefined) return;
  behind.hears = ({ prevLogIndex, entries }: AppendEntriesRequest) => prevLogIndex + entries.length <= 25;
  compacts(c, LOG);
  for (const other of deaf) other.hears = () => false;
  accepted(c, 0, "on two servers", 26);
  c.until("sending a snapshot to server 2", () => behind.sent.length > 0, 2000);
  c.until("sending entry 26 to server 1", () => quick.lastIndex === 26, 500);
  c.watch(300);
  c.expect(
    c.lastApplied(0) === 25,
    "Committed is what a majority holds; a snapshot holds what it covers (§5.3; Figure 13)",
    `server 0 has applied entry ${c.lastApplied(0)}; entry 26 is on two of five servers, and server 2 has confirmed a snapshot`,
    0,
  );
  behind.hears = () => true;
  c.until("committing entry 26, which three servers hold then,", () => c.lastApplied(0) === 26, 2000);
});

scene("an answer comes when the leader has a newer snapshot", { ...THREE, points: 2 }, (c) => {
  const [, behind] = [new Receiver(c, 1, LOG), new Receiver(c, 2)];
  behind.receives = () => false;
  const term = compacts(c, LOG);
  c.until("sending a snapshot to server 2", () => behind.sent.length > 0, 2000);
  const [letter] = c.puppet(2).requests("installSnapshot");
  behind.hears = () => false;
  for (let index = 26; index <= 50; index++) {
    accepted(c, 0, c.fresh(), index);
    c.until(`committing entry ${index}`, () => c.lastApplied(0) === index, 500);
  }
  const [old] = behind.sent;
  behind.log = LOG.slice(0, old?.lastIncludedIndex).map((of) => ({ term: of, command: "covered" }));
  if (letter !== undefined) c.puppet(2).reply(letter, { term });
  c.watch(20);
  behind.hears = () => true;
  behind.receives = () => true;
  c.until(
    `bringing server 2, which has a snapshot up to entry ${old?.lastIncludedIndex} and said so late, to entry 50`,
    () => behind.lastIndex === 50,
    2000,
  );
});

// matchIndex increases monotonically (Figure 2), whatever it was that was confirmed.
scene("a late answer to a snapshot takes no success back", { ...FIVE, points: 2 }, (c) => {
  const [quick, behind, ...deaf] = [LOG, [], LOG, LOG].map((log, i) => new Receiver(c, i + 1, log));
  if (quick === undefined || behind === undefined) return;
  const term = compacts(c, LOG);
  for (const other of [quick, ...deaf]) other.hears = () => false;
  accepted(c, 0, "on two servers", 26);
  c.until("bringing server 2 to entry 26, by way of a snapshot", () => behind.lastIndex === 26, 2000);
  c.watch(10);
  behind.hears = () => false;
  const [letter] = c.puppet(2).requests("installSnapshot");
  for (let i = 0; i < 3; i++) if (letter !== undefined) c.puppet(2).reply(letter, { term });
  c.watch(10);
  quick.hears = () => true;
  c.until("committing entry 26 as soon as a third server holds it", () => c.lastApplied(0) === 26, 2000);
});

scene("a snapshot that got lost is sent again, within bounds", { ...THREE, points: 2 }, (c) => {
  const [, behind] = [new Receiver(c, 1, LOG), new Receiver(c, 2)];
  behind.receives = () => false;
  compacts(c, LOG);
  c.until("sending a snapshot to server 2", () => behind.sent.length > 0, 2000);
  const [before, since] = [behind.sent.length, c.now];
  for (let index = 26; index <= 225; index++) {
    accepted(c, 0, c.fresh(), index);
    c.watch(15);
  }
  const [count, seconds] = [behind.sent.length - before, (c.now - since) / 1000];
  c.expect(count >= 1, SENDS, `it was sent once; not again in the ${seconds} s in which none arrived`, 0);
  c.budget(
    "messages",
    count,
    Math.ceil(10 * seconds) + 2,
    `with a snapshot, in ${seconds} s, to one follower`,
  );
  behind.receives = () => true;
  c.until("bringing server 2 to entry 225", () => behind.lastIndex === 225, 2500);
});

// §5.1 holds for all messages: an answer to a snapshot may be the first that tells of a later term.
scene("a higher term in the answer to a snapshot", { ...THREE, points: 2 }, (c) => {
  const [, behind] = [new Receiver(c, 1, LOG), new Receiver(c, 2)];
  behind.receives = () => false;
  const term = compacts(c, LOG);
  accepted(c, 0, "own", 26);
  applies(c, 26);
  c.until("sending a snapshot to server 2", () => behind.sent.length > 0, 2000);
  c.puppet(2).answer("installSnapshot", () => ({ term: term + 4 }));
  c.until(
    `stepping down of server 0, which led term ${term} and was answered by one in term ${term + 4},`,
    () => (c.status(0)?.term ?? 0) >= term + 4 && c.lastLeadership?.term === term,
    500,
  );
});
