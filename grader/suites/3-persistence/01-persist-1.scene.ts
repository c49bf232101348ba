import { scene } from "../../../labs/kit/raft";
import { after, agree } from "../2-replication/mit";

// MIT 6.5840, TestPersist1.
scene("persist 1", { lab: 3, servers: 3, points: 3 }, (c) => {
  agree(c, 3, 11);
  c.crash(...c.servers);
  c.restart(...c.servers);
  agree(c, 3, 12);

  const first = c.leader();
  c.crash(first);
  c.restart(first);
  agree(c, 3, 13);

  const second = c.leader();
  c.crash(second);
  const index = agree(c, 2, 14);
  c.restart(second);
  c.awaitApplied(index, 3);

  const third = after(c, c.leader(), 1);
  c.crash(third);
  agree(c, 2, 15);
  c.restart(third);
  agree(c, 3, 16);
});
