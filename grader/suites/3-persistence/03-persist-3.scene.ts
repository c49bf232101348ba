import { scene } from "../../../labs/kit/raft";
import { after, agree } from "../2-replication/mit";

// MIT 6.5840, TestPersist3: of the two that hold entry 102, one comes back, with a third that does not.
scene("persist 3", { lab: 3, servers: 3, points: 3 }, (c) => {
  agree(c, 3, 101);
  const leader = c.leader();
  const away = after(c, leader, 2);
  c.isolate(away);
  const index = agree(c, 2, 102);
  c.crash(leader, after(c, leader, 1));
  c.rejoin(away);
  c.restart(leader);
  agree(c, 2, 103);
  c.restart(after(c, leader, 1));
  agree(c, 3, 104);
  c.expect(
    c.committed(index)?.command === 102,
    "Leader Completeness (§5.4.3, Figure 3)",
    `entry ${index} was committed, and is no more`,
  );
});
