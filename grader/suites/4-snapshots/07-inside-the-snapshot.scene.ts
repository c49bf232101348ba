import { scene, type AppendEntriesReply } from "../../../labs/kit/raft";
import { shown } from "../1-election/script";
import { call, comes, takes, type Leader } from "../2-replication/script";
import { brings, goesOn, keeps } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

// Whoever refuses such a call gets the rest behind its snapshot; whoever accepts it must have the rest.
scene("entries that begin inside the snapshot", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 3, log: [1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3] };
  brings(c, leader, 6);
  goesOn(c, 6, 6);
  let end = 6;
  for (const [after, upTo] of [
    [2, 4],
    [0, 6],
    [2, 8],
    [5, 9],
    [4, 8],
    [0, 11],
    [6, 11],
  ] as const) {
    // prettier-ignore
    const reply = c.puppet(1).ask(0, "appendEntries", call(leader, after, upTo, 6));
    const { success = false } = (reply ?? {}) as Partial<AppendEntriesReply>;
    c.expect(
      success || after < 6,
      "What a snapshot covers is committed, so entries behind it match (§7; Figure 2, AppendEntries)",
      `server 0 answers ${shown(reply as object)} to entries ${after + 1} to ${upTo}; its snapshot goes up to entry 6`,
      0,
    );
    if (success) end = Math.max(end, upTo);
    keeps(c, 6, leader.log.slice(0, end));
    goesOn(c, 6, 6);
  }
  takes(c, leader, 11, 12, 12);
  goesOn(c, 12, 6);
  comes(c, leader, 0, 12, 12);
  comes(c, leader, 3, 3, 3);
  c.watch(20);
  keeps(c, 6, leader.log);
});

// The service compacts when it likes; copies of calls from before that come later.
scene("calls from before a snapshot come after it", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] };
  const order = c.random("order");
  for (let end = 3; end <= 15; end += 3) {
    takes(c, leader, end - 3, end, end - 1);
    goesOn(c, end - 1, 0);
    c.snapshot(0);
    for (let i = 0; i < 4; i++) {
      const after = order.int(end);
      comes(c, leader, after, after + order.int(end - after + 1), order.int(end));
    }
    c.watch(20);
    takes(c, leader, end, end, end - 1);
    goesOn(c, end - 1, 0);
  }
  takes(c, leader, 15, 15, 15);
  goesOn(c, 15, 0);
  c.expect(
    c.log(0).first > 1,
    "The service's snapshots replace the beginning of the log (§7; Figure 12)",
    "five snapshots were taken, and entry 1 is still on the disk",
    0,
  );
});

// What such a call vouches for ends with its own last entry, however much of it the snapshot covers.
scene("a call that ends with the snapshot vouches for nothing behind it", { ...THREE, points: 2 }, (c) => {
  const former: Leader = { id: 1, term: 2, log: [1, 1, 1, 1, 1, 1, 2, 2, 2] };
  const leader: Leader = { id: 2, term: 3, log: [1, 1, 1, 1, 1, 1, 3, 3, 3, 3] };
  brings(c, former, 6);
  goesOn(c, 6, 6);
  takes(c, former, 6, 9, 6);
  for (const [after, upTo] of [
    [3, 6],
    [1, 5],
    [2, 2],
    [0, 6],
  ] as const) {
    comes(c, leader, after, upTo, 10);
    c.watch(10);
    goesOn(c, 6, 6);
    keeps(c, 6, former.log);
  }
  takes(c, leader, 6, 8, 10);
  goesOn(c, 8, 6);
  takes(c, leader, 8, 10, 10);
  goesOn(c, 10, 6);
});
