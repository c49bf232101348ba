import { expect } from "chai";
import type { Options, PlainData } from "../../program";
import type { LogEntry, RaftState } from "../messages";
import { CoverageMonitor } from "./coverage";
import {
  appendEntries,
  candidacy,
  entriesAt,
  heartbeat,
  installSnapshot,
  logOf,
  Script,
  snapshotAt,
  vote,
} from "./fixture";
import { MARKS, type MarkId } from "./marks/list";

type Tale = (world: Script) => unknown;
type Disk = Pick<RaftState, "currentTerm" | "votedFor"> & Partial<RaftState>;

/** A disk in `term`, with a log of entries of these terms. */
const disk = (currentTerm: number, ...terms: readonly number[]): Disk => ({
  currentTerm,
  votedFor: null,
  log: logOf(...terms),
});
const compacted = (currentTerm: number, upTo: number, log: LogEntry[] = []): Disk => ({
  currentTerm,
  votedFor: null,
  log,
  snapshot: snapshotAt(upTo, 1),
});
const yes = (term: number): PlainData => ({ term, success: true });
const no = (term: number): PlainData => ({ term, success: false });

/** AppendEntries of server 1 with a leaderCommit. */
function commits(
  term: number,
  prev: readonly [number, number],
  leaderCommit: number,
  entries: LogEntry[] = [],
): PlainData {
  return Object.assign({}, appendEntries(term, 1, prev, entries), { leaderCommit });
}

/** Server 0 has asked for votes in these terms. */
const campaigned = (world: Script, ...terms: readonly number[]): Script => {
  for (const term of terms) world.timer(0).calls(0, "requestVote", candidacy(term, 0));
  return world;
};
/** Server 0 leads `term`. */
const leading = (world: Script, term: number): Script =>
  campaigned(world, term).calls(0, "appendEntries", heartbeat(term, 0));
/** Server 0 answers a candidate, server 1. */
const asked = (world: Script, request: PlainData, reply: PlainData): Script =>
  world.request(0, 1, "requestVote", request).replies(0, reply);
/** Server 0 handles a call of the leader, server 1; `after` is what it saves before it answers. */
const told = (world: Script, request: PlainData, reply: PlainData, after?: Disk): Script => {
  world.request(0, 1, "appendEntries", request);
  if (after !== undefined) world.saves(0, after);
  return world.replies(0, reply);
};
const given = (world: Script, request: PlainData, reply: PlainData, after?: Disk): Script => {
  world.request(0, 1, "installSnapshot", request);
  if (after !== undefined) world.saves(0, after);
  return world.replies(0, reply);
};
/** Server 0, which leads, sends to server 1 and hears its answer. */
const exchanged = (world: Script, request: PlainData, reply: PlainData): Script =>
  world.calls(0, "appendEntries", request).hears(0, 1, "appendEntries", request, reply);
const sent = (term: number, prev: readonly [number, number], ...terms: readonly number[]): PlainData =>
  appendEntries(term, 0, prev, entriesAt(prev[0] + 1, ...terms));

/** Server 0 leads term 1, of which entry 1 is applied unless it is too early for that, and is asked about a read. */
const reading = (world: Script, lease = false, early = false): Script =>
  (early ? leading(world, 1) : leading(world, 1).applies(0, 1, 1, "a"))
    .after(1)
    .invokes(0, "readIndex", 1, lease);
/** Server 1 confirms it. */
const confirmed = (world: Script): Script => exchanged(world.after(1), heartbeat(1, 0), yes(1));
/** Server 0 follows server 1, and answers a candidate. */
const following = (world: Script): Script => told(world.saves(0, disk(1)), heartbeat(1, 1), yes(1));
const wanted = (world: Script, reply: PlainData): Script => asked(world, candidacy(2, 2), reply);

/** Rules that need leases. */
const LEASED: readonly MarkId[] = ["read-on-lease", "lease-run-out", "lease-promise", "lease-boot"];

/** For each rule a run that exercises it, and one that comes near. */
const TALES: { readonly [id in MarkId]: readonly [hit: Tale, miss: Tale] } = {
  "vote-granted": [
    (w) => asked(w, candidacy(1, 1), vote(1, true)),
    (w) => asked(w, candidacy(1, 1), vote(1, false)),
  ],
  "vote-repeated": [
    (w) => asked(w.saves(0, { currentTerm: 1, votedFor: 1 }), candidacy(1, 1), vote(1, true)),
    (w) => asked(w.saves(0, { currentTerm: 1, votedFor: 1 }), candidacy(2, 1), vote(2, true)),
  ],
  "vote-old-term": [
    (w) => asked(w.saves(0, disk(2)), candidacy(1, 1), vote(2, false)),
    (w) => asked(w.saves(0, disk(1)), candidacy(1, 1), vote(1, false)),
  ],
  "vote-taken": [
    (w) => asked(w.saves(0, { currentTerm: 1, votedFor: 2 }), candidacy(1, 1), vote(1, false)),
    (w) => asked(w.saves(0, { currentTerm: 1, votedFor: 2 }), candidacy(2, 1), vote(2, false)),
  ],
  "split-vote": [
    (w) => campaigned(w.timer(1).calls(1, "requestVote", candidacy(1, 1)), 1, 2),
    (w) =>
      campaigned(
        w.timer(1).calls(1, "requestVote", candidacy(1, 1)).calls(1, "appendEntries", heartbeat(1, 1)),
        1,
        2,
      ),
  ],
  "candidate-yields": [
    (w) => told(campaigned(w, 1), heartbeat(1, 1), yes(1)),
    (w) => told(campaigned(w, 1), heartbeat(2, 1), yes(2)),
  ],
  "stale-vote": [
    (w) => campaigned(w, 1, 2).hears(0, 1, "requestVote", candidacy(1, 0), vote(1, true)),
    (w) => campaigned(w, 1, 2).hears(0, 1, "requestVote", candidacy(2, 0), vote(2, true)),
  ],
  "deposed-by-reply": [
    (w) => leading(w, 1).hears(0, 1, "appendEntries", heartbeat(1, 0), no(2)),
    (w) => leading(w, 2).hears(0, 1, "appendEntries", heartbeat(1, 0), no(2)),
  ],
  "deposed-by-request": [
    (w) => asked(leading(w, 1), candidacy(2, 1), vote(2, false)),
    (w) => asked(leading(w, 1), candidacy(2, 1), vote(1, false)),
  ],
  "append-old-term": [
    (w) => told(w.saves(0, disk(2)), heartbeat(1, 1), no(2)),
    (w) => told(w.saves(0, disk(2)), appendEntries(2, 1, [1, 1]), no(2)),
  ],
  "boot-with-vote": [
    (w) => w.saves(0, { currentTerm: 1, votedFor: 2 }).boot(0),
    (w) => w.saves(0, disk(1)).boot(0),
  ],
  "crash-before-reply": [
    (w) => w.request(0, 1, "requestVote", candidacy(1, 1)).saves(0, disk(1)).crashes(0, "after its save"),
    (w) => asked(w.saves(0, disk(1)), candidacy(1, 1), vote(1, true)).crashes(0, "after its reply"),
  ],
  "vote-older-log": [
    (w) => asked(w.saves(0, disk(2, 1, 2)), candidacy(3, 1, 5, 1), vote(3, false)),
    (w) => asked(w.saves(0, disk(2, 1, 2)), candidacy(3, 1, 2, 2), vote(2, false)),
  ],
  "vote-later-term": [
    (w) => asked(w.saves(0, disk(1, 1, 1, 1)), candidacy(3, 1, 1, 2), vote(3, true)),
    (w) => asked(w.saves(0, disk(1, 1)), candidacy(3, 1, 1, 2), vote(3, true)),
  ],
  "append-missing-prev": [
    (w) => told(w.saves(0, disk(2, 1)), appendEntries(2, 1, [2, 1]), no(2)),
    (w) => told(w.saves(0, disk(2, 1)), appendEntries(2, 1, [1, 2]), no(2)),
  ],
  "append-conflicting-prev": [
    (w) => told(w.saves(0, disk(2, 1)), appendEntries(2, 1, [1, 2]), no(2)),
    (w) => told(w.saves(0, disk(2, 1)), appendEntries(2, 1, [2, 1]), no(2)),
  ],
  "conflict-removed": [
    (w) =>
      told(w.saves(0, disk(2, 1, 1)), appendEntries(2, 1, [1, 1], entriesAt(2, 2)), yes(2), disk(2, 1, 2)),
    (w) => told(w.saves(0, disk(2, 1)), appendEntries(2, 1, [1, 1], entriesAt(2, 2)), yes(2), disk(2, 1, 2)),
  ],
  "own-entry-lost": [
    (w) =>
      told(
        leading(w.saves(0, disk(1, 1)), 1),
        appendEntries(2, 1, [0, 0], entriesAt(1, 2)),
        yes(2),
        disk(2, 2),
      ),
    (w) =>
      told(
        leading(w.saves(0, disk(2, 1)), 2),
        appendEntries(3, 1, [0, 0], entriesAt(1, 3)),
        yes(3),
        disk(3, 3),
      ),
  ],
  "duplicate-kept": [
    (w) => told(w.saves(0, disk(1, 1)), appendEntries(1, 1, [0, 0], logOf(1)), yes(1)),
    (w) => told(w.saves(0, disk(1, 1)), appendEntries(1, 1, [1, 1], entriesAt(2, 1)), yes(1), disk(1, 1, 1)),
  ],
  "short-late-kept": [
    (w) => told(w.saves(0, disk(1, 1, 1)), appendEntries(1, 1, [0, 0], logOf(1)), yes(1)),
    (w) => told(w.saves(0, disk(1, 1)), appendEntries(1, 1, [0, 0], logOf(1)), yes(1)),
  ],
  "commit-limited": [
    (w) => told(w.saves(0, disk(1, 1)), commits(1, [1, 1], 3), yes(1)),
    (w) => told(w.saves(0, disk(1, 1)), commits(1, [1, 1], 1), yes(1)),
  ],
  "commit-by-heartbeat": [
    (w) => told(w.saves(0, disk(1, 1)), commits(1, [1, 1], 1), yes(1)),
    (w) => told(w.saves(0, disk(1, 1)), commits(1, [1, 1], 2, entriesAt(2, 1)), yes(1), disk(1, 1, 1)),
  ],
  "commit-own-term": [
    (w) => leading(w.saves(0, disk(1, 1)), 1).calls(0, "appendEntries", commits(1, [1, 1], 1)),
    (w) => leading(w.saves(0, disk(2, 1)), 2).calls(0, "appendEntries", commits(2, [1, 1], 1)),
  ],
  "commit-older": [
    (w) => leading(w.saves(0, disk(2, 1, 2)), 2).calls(0, "appendEntries", commits(2, [2, 2], 2)),
    (w) => leading(w.saves(0, disk(2, 2, 2)), 2).calls(0, "appendEntries", commits(2, [2, 2], 2)),
  ],
  "figure-8": [
    (w) => exchanged(leading(w.saves(0, disk(2, 1)), 2), sent(2, [1, 1]), yes(2)),
    (w) => exchanged(leading(w.saves(0, disk(2, 1, 2)), 2), sent(2, [1, 1], 2), yes(2)),
  ],
  "back-up": [
    (w) => exchanged(leading(w, 2), sent(2, [9, 1]), no(2)).calls(0, "appendEntries", sent(2, [4, 1])),
    (w) => exchanged(leading(w, 2), sent(2, [9, 1]), no(2)).calls(0, "appendEntries", sent(2, [8, 1])),
  ],
  retry: [
    (w) =>
      leading(w, 1)
        .calls(0, "appendEntries", sent(1, [0, 0], 1))
        .calls(0, "appendEntries", sent(1, [0, 0], 1, 1)),
    (w) =>
      exchanged(leading(w, 1), sent(1, [1, 1], 1), no(1)).calls(0, "appendEntries", sent(1, [0, 0], 1, 1)),
  ],
  "stale-reply": [
    (w) => leading(leading(w, 1), 3).hears(0, 1, "appendEntries", heartbeat(1, 0), yes(1)),
    (w) => leading(leading(w, 1), 3).hears(0, 1, "appendEntries", heartbeat(3, 0), yes(3)),
  ],
  "boot-with-log": [(w) => w.saves(0, disk(1, 1)).boot(0), (w) => w.saves(0, disk(1)).boot(0)],
  "re-apply": [
    (w) => w.applies(0, 1, 1, "a").boot(0).applies(0, 1, 1, "a"),
    (w) => w.restores(0, 1, 1, "a").boot(0).restores(0, 1, 1, "a").applies(0, 2, 1, "b"),
  ],
  "leader-restarts": [
    (w) => told(leading(w, 1).boot(0), heartbeat(2, 1), yes(2)),
    (w) =>
      told(
        leading(w, 1).hears(0, 1, "appendEntries", heartbeat(1, 0), no(2)).boot(0),
        heartbeat(2, 1),
        yes(2),
      ),
  ],
  "snapshot-taken": [
    (w) =>
      w
        .saves(0, disk(1, 1, 1))
        .invokes(0, "snapshot", 2, "state")
        .saves(0, compacted(1, 2)),
    (w) => given(w.saves(0, disk(1)), installSnapshot(1, 1, [2, 1]), { term: 1 }, compacted(1, 2)),
  ],
  "boot-with-snapshot": [(w) => w.saves(0, compacted(1, 2)).boot(0), (w) => w.saves(0, disk(1, 1)).boot(0)],
  "install-sent": [
    (w) => w.calls(0, "installSnapshot", installSnapshot(1, 0, [2, 1])),
    (w) => given(w, installSnapshot(1, 1, [2, 1]), { term: 1 }, compacted(1, 2)),
  ],
  "install-done": [
    (w) => given(w.saves(0, disk(1)), installSnapshot(1, 1, [2, 1]), { term: 1 }, compacted(1, 2)),
    (w) => given(w.saves(0, disk(2)), installSnapshot(1, 1, [2, 1]), { term: 2 }),
  ],
  "install-old": [
    (w) => given(w.saves(0, compacted(1, 3)), installSnapshot(1, 1, [2, 1]), { term: 1 }),
    (w) => given(w.saves(0, compacted(1, 1)), installSnapshot(1, 1, [2, 1]), { term: 1 }, compacted(1, 2)),
  ],
  "install-suffix-kept": [
    (w) =>
      given(
        w.saves(0, disk(1, 1, 1, 1)),
        installSnapshot(1, 1, [2, 1]),
        { term: 1 },
        compacted(1, 2, entriesAt(3, 1)),
      ),
    (w) => given(w.saves(0, disk(1, 1, 1)), installSnapshot(1, 1, [2, 1]), { term: 1 }, compacted(1, 2)),
  ],
  "install-log-discarded": [
    (w) => given(w.saves(0, disk(3, 2, 2, 2)), installSnapshot(3, 1, [2, 1]), { term: 3 }, compacted(3, 2)),
    (w) => given(w.saves(0, disk(3)), installSnapshot(3, 1, [2, 1]), { term: 3 }, compacted(3, 2)),
  ],
  "append-inside-snapshot": [
    (w) => told(w.saves(0, compacted(1, 2)), appendEntries(1, 1, [1, 1], entriesAt(2, 1)), yes(1)),
    (w) => told(w.saves(0, compacted(1, 2)), appendEntries(1, 1, [2, 1]), yes(1)),
  ],
  "read-confirmed": [
    (w) => confirmed(reading(w)).readReady(0, 1, 1),
    (w) => confirmed(reading(w)).readReady(0, 1),
  ],
  "read-round-shared": [
    (w) =>
      confirmed(reading(w).invokes(0, "readIndex", 2, false))
        .readReady(0, 1, 1)
        .readReady(0, 2, 1),
    (w) =>
      confirmed(confirmed(reading(w)).readReady(0, 1, 1).invokes(0, "readIndex", 2, false)).readReady(
        0,
        2,
        1,
      ),
  ],
  "read-waits-own-term": [
    (w) => confirmed(reading(w, false, true)).readReady(0, 1, 1),
    (w) => confirmed(reading(w)).readReady(0, 1, 1),
  ],
  "deposed-with-reads": [
    (w) => reading(w).request(0, 1, "appendEntries", heartbeat(2, 1)).readReady(0, 1).replies(0, yes(2)),
    (w) => told(reading(w).timer(0).readReady(0, 1), heartbeat(2, 1), yes(2)),
  ],
  "read-forwarded": [
    (w) => w.invokes(0, "readIndex", 1, false).after(2).readReady(0, 1, 1),
    (w) => w.invokes(0, "readIndex", 1, false).after(2).readReady(0, 1),
  ],
  "read-ahead": [
    (w) => w.applies(0, 1, 1, "a").invokes(0, "readIndex", 1, false).after(2).readReady(0, 1, 2),
    (w) => w.applies(0, 1, 1, "a").invokes(0, "readIndex", 1, false).after(2).readReady(0, 1, 1),
  ],
  "read-asked-in-vain": [
    (w) =>
      w.request(0, 1, "requestReadIndex", { term: 1, lease: false }).replies(0, { term: 1, index: null }),
    (w) => w.request(0, 1, "requestReadIndex", { term: 1, lease: false }).replies(0, { term: 1, index: 1 }),
  ],
  "read-without-leader": [
    (w) => w.invokes(0, "readIndex", 1, false).readReady(0, 1),
    (w) => w.invokes(0, "readIndex", 1, false).after(300).readReady(0, 1),
  ],
  "read-on-lease": [
    (w) => reading(w, true).readReady(0, 1, 1),
    (w) => confirmed(reading(w, true)).readReady(0, 1, 1),
  ],
  "lease-run-out": [
    (w) => confirmed(reading(w, true)).readReady(0, 1, 1),
    (w) => confirmed(reading(w, false)).readReady(0, 1, 1),
  ],
  "lease-promise": [(w) => wanted(following(w), vote(1, false)), (w) => wanted(following(w), vote(2, false))],
  "lease-boot": [
    (w) => wanted(following(w).boot(0), vote(1, false)),
    (w) => wanted(following(w.boot(0)), vote(1, false)),
  ],
};

/** What a tale exercises. */
function marksOf(tale: Tale, options: Options = {}): MarkId[] {
  const monitor = new CoverageMonitor();
  tale(new Script(monitor, 3, options));
  return monitor.exercised;
}

describe("the coverage monitor", () => {
  for (const { id, title } of MARKS) {
    it(`knows ${title} (${id}), and what only looks like it`, () => {
      const [hit, miss] = TALES[id as MarkId];
      const options = LEASED.includes(id as MarkId) ? { lease: true } : {};
      expect(marksOf(hit, options)).to.include(id);
      expect(marksOf(miss, options)).not.to.include(id);
    });
  }

  it("takes a quiet cluster for idle", () => {
    const quiet: Tale = (w) => {
      for (let i = 0; i < 10; i++) told(w.saves(0, disk(1)), heartbeat(1, 1), yes(1));
    };
    expect(marksOf(quiet)).to.eql([]);
  });

  it("forgets what happened after it was captured", () => {
    const monitor = new CoverageMonitor();
    const world = asked(new Script(monitor), candidacy(1, 1), vote(1, true));
    const captured = monitor.capture();
    world.saves(0, disk(1, 1)).boot(0);
    expect(monitor.exercised).to.eql(["vote-granted", "boot-with-log"]);
    monitor.restore(captured);
    expect(monitor.exercised).to.eql(["vote-granted"]);
  });
});
