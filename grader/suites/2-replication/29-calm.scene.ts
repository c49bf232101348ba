import { scene } from "../../../labs/kit/raft";
import { refuses, takes, type Leader } from "./script";

// It may refuse what it cannot take yet; it has heard of the leader of its term.
scene(
  "whoever gets entries has heard its leader, even if it refuses them",
  { lab: 2, servers: 3, points: 2, puppets: [1, 2] },
  (c) => {
    const leader: Leader = { id: 1, term: 1, log: Array.from({ length: 60 }, () => 1) };
    for (let after = 0; after < 20; after++) {
      takes(c, leader, after, after + 1);
      c.watch(100);
    }
    for (let after = 59; after > 39; after--) {
      refuses(c, leader, after, 60);
      c.watch(100);
    }
    const [campaign] = c.campaigns(0);
    c.expect(
      campaign === undefined,
      "A follower campaigns if it hears no AppendEntries of the current leader (§5.2; Figure 2, followers)",
      `server 0 campaigned for term ${campaign?.term} at ${campaign?.at.toFixed(0)} ms, though it heard the leader of its term ten times a second`,
      0,
    );
    takes(c, leader, 20, 60, 60);
  },
);
