import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";
import { accepted, after, agreeOnce } from "./mit";

// MIT 6.5840, TestFollowerFailure.
scene("follower failure", { lab: 2, servers: 3, points: 3 }, (c) => {
  agreeOnce(c, 3, 101);
  c.isolate(after(c, c.leader(), 1));
  agreeOnce(c, 2, 102);
  c.watch(ELECTION_TIMEOUT);
  agreeOnce(c, 2, 103);
  const leader = c.leader();
  c.isolate(...c.others(leader));
  accepted(c, leader, 104, 4);
  c.uncommitted(4, 2 * ELECTION_TIMEOUT);
});
