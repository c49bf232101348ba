import { scene } from "../../../labs/kit/raft";
import { support } from "./script";

// Winners are silenced, so all that calms the voters is having voted (Figure 2, followers: “or granting vote”).
scene("granting a vote restarts the voter's timeout", { lab: 1, servers: 5, points: 3 }, (c) => {
  c.hold({ method: "appendEntries" });
  c.until("eight campaigns", () => c.campaigns().length >= 8, 30_000);
  c.release();
  c.leader();
});

scene("stale messages do not keep a follower quiet", { lab: 1, servers: 4, points: 3, puppets: [3] }, (c) => {
  const puppet = c.puppet(3);
  support(c, [3]);
  const old = c.leader();
  const stale = c.term() - 1;
  c.crash(old);
  const since = c.now;
  for (let i = 0; i < 60; i++) {
    for (const id of c.running()) {
      const heartbeat = {
        term: stale,
        leaderId: 3,
        prevLogIndex: 0,
        prevLogTerm: 0,
        entries: [],
        leaderCommit: 0,
      };
      puppet.send(id, "appendEntries", heartbeat);
      puppet.send(id, "requestVote", { term: stale, candidateId: 3, lastLogIndex: 0, lastLogTerm: 0 });
    }
    c.watch(50);
  }
  c.expect(
    c.campaigns(undefined, since).length > 0,
    "Only the current leader's heartbeats and a granted vote reset the timeout (Figure 2, followers)",
    `no campaign for three seconds after the leader crashed, though all that came were messages of term ${stale}`,
  );
  c.leader();
});
