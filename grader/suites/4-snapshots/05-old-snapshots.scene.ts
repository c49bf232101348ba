import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, shown, support } from "../1-election/script";
import { comes, leads, takes, type Leader } from "../2-replication/script";
import { arrives, brings, goesOn, snapshotOf } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

const STALE = "InstallSnapshot receiver 1: reply immediately if term < currentTerm (Figure 13; §5.1)";

/** A snapshot of a leader that is gone; an answer, if there is one, must say so. */
function stale(c: RaftCluster, leader: Leader, upTo: number): void {
  const reply = c.puppet(leader.id).ask(0, "installSnapshot", snapshotOf(leader, upTo));
  const { term } = (reply ?? { term: Infinity }) as { term: number };
  c.expect(
    term > leader.term,
    STALE,
    `server 0, in a later term, answers ${shown(reply as object)} to a snapshot of term ${leader.term}`,
    0,
  );
}

// Whatever was long on its way, or comes twice, or was overtaken.
scene("old snapshots take nothing back", { ...THREE, points: 3 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2] };
  takes(c, leader, 0, 4, 4);
  brings(c, leader, 6);
  goesOn(c, 6, 6);
  takes(c, leader, 6, 12, 10);
  goesOn(c, 10, 6);
  const order = c.random("order");
  const calls = [
    () => arrives(c, leader, 2),
    () => arrives(c, leader, 6),
    () => arrives(c, leader, 8),
    () => arrives(c, leader, 9),
    () => comes(c, leader, 3, 9, 5),
    () => comes(c, leader, 6, 8, 6),
    () => comes(c, leader, 10, 12, 10),
  ];
  for (let i = 0; i < 30; i++) {
    order.pick(calls)();
    if (i % 6 < 5) continue;
    c.watch(20);
    takes(c, leader, 12, 12, 10);
    goesOn(c, 10, 6);
  }
  arrives(c, leader, 10);
  takes(c, leader, 12, 12, 12);
  goesOn(c, 12, 6);
});

scene("a snapshot of a former leader is refused", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 5, log: [1, 1, 5, 5, 5] };
  const former: Leader = { id: 2, term: 3, log: [1, 1, 3, 3, 3, 3, 3] };
  takes(c, leader, 0, 5, 3);
  goesOn(c, 3, 0);
  arrives(c, former, 7);
  arrives(c, former, 2);
  c.watch(20);
  takes(c, leader, 5, 5, 3);
  goesOn(c, 3, 0);
  stale(c, former, 7);
  const next: Leader = { id: 1, term: (c.status(0)?.term ?? 5) + 1, log: leader.log };
  takes(c, next, 5, 5, 5);
  goesOn(c, 5, 0);
});

// Messages of one instant come in any order.
scene("entries and snapshots overtake each other", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: Array.from({ length: 100 }, (_, i) => (i < 33 ? 1 : 2)) };
  const order = c.random("order");
  for (let at = 0; at < 100; at += 10) {
    const calls = [
      () => comes(c, leader, at, at + 4, at + 4),
      () => arrives(c, leader, at + 6),
      () => comes(c, leader, at + 6, at + 9, at + 8),
      () => arrives(c, leader, at + 2),
    ];
    while (calls.length > 0) calls.splice(order.int(calls.length), 1)[0]?.();
    c.watch(5);
    takes(c, leader, at + 6, at + 10, at + 9);
    goesOn(c, at + 9, at + 6);
  }
});

// Neither as follower nor as leader may it listen to one that was deposed.
scene("snapshots of a former leader hold nobody back", { ...THREE, points: 2 }, (c) => {
  const former: Leader = { id: 2, term: 1, log: [1, 1, 1] };
  takes(c, { id: 1, term: 2, log: [1, 1] }, 0, 2, 2);
  encourage(c, [1, 2]);
  const start = c.now;
  const annoyed = (done: () => boolean): void => {
    for (let i = 0; i < 100 && !done(); i++) {
      arrives(c, former, 3);
      c.watch(50);
    }
  };
  annoyed(() => c.campaigns(0, start).length > 0);
  c.expect(
    c.campaigns(0, start).length > 0,
    "Election timeout without a message of the current leader: start an election (Figure 2, followers; §5.2)",
    "server 0 did not campaign in five seconds in which it heard snapshots of a former leader only",
    0,
  );
  support(c, [1, 2]);
  const term = leads(c);
  annoyed(() => c.now > start + 8000);
  const { isLeader = false, term: later = 0 } = c.status(0) ?? {};
  c.expect(
    isLeader && later === term,
    STALE,
    `server 0 led term ${term}, and heard snapshots of term 1; now ${isLeader ? `it leads term ${later}` : "it leads no more"}`,
    0,
  );
});

// A short call of a leader that has committed more, and then a snapshot that was long on its way.
scene("a short call with a high commit index takes nothing back", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: Array.from({ length: 14 }, () => 2) };
  takes(c, leader, 0, 12, 12);
  goesOn(c, 12, 0);
  for (const [after, upTo] of [
    [3, 5],
    [6, 6],
    [0, 2],
  ] as const) {
    comes(c, leader, after, upTo, 14);
    c.watch(10);
    arrives(c, leader, 8);
    c.watch(10);
    goesOn(c, 12, 0);
  }
  takes(c, leader, 12, 14, 14);
  goesOn(c, 14, 0);
});
