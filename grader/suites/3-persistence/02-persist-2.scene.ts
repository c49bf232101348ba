import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";
import { after, agree } from "../2-replication/mit";

// MIT 6.5840, TestPersist2: total outages; from one to the next, the servers that are up overlap.
scene("persist 2", { lab: 3, servers: 5, points: 3 }, (c) => {
  for (let round = 0; round < 5; round++) {
    agree(c, 5);
    const leader = c.leader();
    const at = (steps: number): number => after(c, leader, steps);
    c.crash(at(1), at(2));
    agree(c, 3);
    c.crash(at(0), at(3), at(4));
    c.restart(at(1), at(2));
    c.watch(ELECTION_TIMEOUT);
    c.restart(at(3));
    agree(c, 3);
    c.restart(at(4), at(0));
  }
  agree(c, 5, 1000);
});
