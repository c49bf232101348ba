import { scene } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";
import { EVERY } from "./driver";

// MIT 6.5840, TestSnapshotAllCrash.
scene(
  "crash and restart all, with snapshots",
  { lab: 4, servers: 3, points: 3, snapshotEvery: EVERY },
  (c) => {
    const random = c.random("rounds");
    agree(c, 3);
    for (let round = 0; round < 5; round++) {
      for (let i = 5 + random.int(10); i > 0; i--) agree(c, 3);
      const before = agree(c, 3);
      c.crash(...c.servers);
      c.restart(...c.servers);
      const later = agree(c, 3);
      c.expect(
        later >= before + 1,
        "The log goes on where it ended before the crash (§5.3, §7)",
        `entry ${before} was committed before all crashed; what came next is entry ${later}`,
      );
    }
  },
);
