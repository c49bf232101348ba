import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";

// MIT 6.5840, TestInitialElection.
scene("initial election", { lab: 1, servers: 3, points: 3 }, (c) => {
  c.leader();
  const first = c.term();
  c.expect(
    first >= 1,
    "A candidate increments currentTerm (§5.2)",
    `the leader was elected in term ${first}`,
  );
  c.watch(2 * ELECTION_TIMEOUT);
  c.leader();
  c.term();
});
