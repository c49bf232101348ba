import { scene } from "../../../labs/kit/raft";

const RULE = "A follower that gets a snapshot disturbs nobody: heartbeats go on beside it (§5.2; handout)";

// Crashed, not cut off: so it comes back with the term that it had.
scene(
  "a snapshot that gets lost disturbs nobody, and comes again",
  { lab: 4, servers: 5, snapshotEvery: 10, snapshotPadding: 20_000, points: 2 },
  (c) => {
    c.commit();
    const [away = 0] = c.followers();
    c.crash(away);
    for (let i = 0; i < 40; i++) c.commit();
    const leader = c.leader();
    c.restart(away);
    c.hold({ kind: "request", method: "installSnapshot", to: away });
    c.until("sending a snapshot to a server that needs it", () => c.held("installSnapshot") > 0, 2000);
    c.cut(leader, away);
    c.release();
    c.watch(0.01);
    c.mend(leader, away);
    c.stays(leader, 1500, RULE);
    c.commit(c.fresh(), { on: 5 });
    c.agree();
  },
);

// A large snapshot takes longer than a round trip; commands go on all the while.
scene(
  "while a snapshot is on its way, it is not sent again and again",
  { lab: 4, servers: 5, snapshotEvery: 10, snapshotPadding: 20_000, points: 3 },
  (c) => {
    c.commit();
    const [away = 0] = c.followers();
    c.crash(away);
    for (let i = 0; i < 40; i++) c.commit();
    const leader = c.leader();
    c.restart(away);
    let most = 0;
    c.hold({ kind: "request", method: "installSnapshot", to: away });
    c.until("sending a snapshot to a server that needs it", () => c.held("installSnapshot") > 0, 2000);
    for (let i = 0; i < 30; i++) {
      c.propose(leader);
      c.watch(2);
      most = Math.max(most, c.held("installSnapshot"));
    }
    c.release();
    c.expect(
      most <= 4, // each newer one at once is tolerated: three in these thirty commands
      "At most ten snapshots a second to one follower, answered or not (handout)",
      `server ${leader} sends ${most} snapshots within 60 ms, though none was answered`,
      leader,
    );
    c.stays(leader, 1500, RULE);
    c.commit(c.fresh(), { on: 5 });
    c.agree();
  },
);
