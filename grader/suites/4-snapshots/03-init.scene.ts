import { scene } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";
import { EVERY } from "./driver";

// MIT 6.5840, TestSnapshotInit: a save after a restart must not lose the snapshot.
scene(
  "snapshot initialisation after a crash",
  { lab: 4, servers: 3, points: 3, snapshotEvery: EVERY },
  (c) => {
    agree(c, 3);
    for (let i = 0; i < EVERY + 1; i++) agree(c, 3);
    for (let round = 0; round < 2; round++) {
      c.crash(...c.servers);
      c.restart(...c.servers);
      agree(c, 3);
    }
  },
);
