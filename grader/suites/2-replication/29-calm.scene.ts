import { scene } from "../../../labs/kit/raft";
import { refuses, takes, type Leader } from "./script";

// Calls with entries tell that the leader is alive as well as heartbeats do.
scene("a busy leader is not deposed", { lab: 2, servers: 5, points: 2 }, (c) => {
  const leader = c.leader();
  const since = c.now;
  for (let i = 0; i < 150; i++) {
    c.propose(leader);
    c.watch(20);
  }
  const [rival] = c.campaigns(undefined, since);
  c.expect(
    rival === undefined,
    "While AppendEntries arrive, with entries or without, a leader is not deposed (§5.2; Figure 2, followers)",
    `server ${rival?.server} campaigned for term ${rival?.term}, though server ${leader} sent entries all the time`,
    rival?.server,
  );
  c.expect(
    c.commitIndex >= 140,
    "What a leader accepts is committed (§5.3)",
    `${c.commitIndex} of 150 are committed`,
  );
});

// It refuses what it cannot take yet; but it has heard of the leader of its term.
scene(
  "a follower that refuses has heard its leader all the same",
  { lab: 2, servers: 3, points: 2, puppets: [1, 2] },
  (c) => {
    const leader: Leader = { id: 1, term: 1, log: Array.from({ length: 40 }, () => 1) };
    takes(c, leader, 0, 2);
    for (let after = 40; after > 10; after--) {
      refuses(c, leader, after, 40);
      c.watch(100);
    }
    const [campaign] = c.campaigns(0);
    c.expect(
      campaign === undefined,
      "A follower campaigns if it hears no AppendEntries of the current leader (§5.2; Figure 2, followers)",
      `server 0 campaigned for term ${campaign?.term}, though it had heard the leader of its term ten times a second`,
      0,
    );
    takes(c, leader, 2, 40, 40);
  },
);
