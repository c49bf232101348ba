import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";
import { agreeOnce } from "./mit";

// MIT 6.5840, TestLeaderFailure.
scene("leader failure", { lab: 2, servers: 3, points: 3 }, (c) => {
  agreeOnce(c, 3, 101);
  c.isolate(c.leader());
  agreeOnce(c, 2, 102);
  c.watch(ELECTION_TIMEOUT);
  agreeOnce(c, 2, 103);
  c.isolate(c.leader());
  for (const server of c.servers) c.propose(server, 104);
  c.uncommitted(4, 2 * ELECTION_TIMEOUT);
});
