import { scene } from "../../../labs/kit/raft";

scene(
  "a quiet hour without a needless election",
  { lab: 1, servers: 3, points: 3, share: 0.25, drift: 0.01, limit: 3_700_000 },
  (c) => {
    const leader = c.leader();
    c.term();
    c.stays(leader, 3_600_000);
  },
);

scene(
  "few elections where one message in ten is lost",
  { lab: 1, servers: 3, points: 2, network: "unreliable" },
  (c) => {
    c.leader();
    const before = c.lastLeadership?.term ?? 0;
    c.watch(60_000);
    c.leader();
    const elections = (c.lastLeadership?.term ?? 0) - before;
    c.expect(
      elections <= 35,
      "Election timeouts leave room for several heartbeats (§5.6: broadcast time much shorter than timeout)",
      `${elections} terms in a minute on a network that loses one message in ten; the handout allows 35`,
    );
  },
);
