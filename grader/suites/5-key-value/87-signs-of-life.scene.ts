import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { arrives, brings } from "../4-snapshots/script";

const PROMISE =
  "With leases, whatever a server takes from its leader binds it, a snapshot too: it votes for nobody for the minimum election timeout " +
  "(thesis, §6.4.1; handout, leases)";

/** Server 0 is real: server 1 leads it, server 2 would like to. */
const ONE = {
  lab: 5,
  servers: 3,
  puppets: [1, 2],
  options: { lease: true, minElectionTimeout: 300, maxDrift: 0 },
  points: 1,
} as const;

/** Server 2 asks for the vote in `term`. @returns whether it got it */
function stand(c: RaftCluster, term: number): boolean {
  const request = { term, candidateId: 2, lastLogIndex: 1000, lastLogTerm: term - 1 };
  const reply = c.puppet(2).ask(0, "requestVote", request) as { voteGranted: boolean } | undefined;
  return reply?.voteGranted === true;
}

// For the server that gets it, a snapshot may be the first that it hears of a leader, and for a while the last. A copy counts, too.
scene("a snapshot is a sign of life", ONE, (c) => {
  let term = 100;
  let upTo = 0;
  for (const after of [0, 100, 200, 280]) {
    for (const isNew of [true, false]) {
      term += 100;
      if (isNew) upTo += 5;
      const leader = { id: 1, term, log: Array<number>(upTo).fill(1) };
      c.watch(1000); // whatever was promised before is over
      if (isNew) brings(c, leader, upTo);
      else arrives(c, leader, upTo);
      c.watch(after + 5);
      const granted = stand(c, term + 10);
      const message = `server 0 votes for server 2 in term ${term + 10}, ${after} ms after it got a snapshot of server 1, which led term ${term}`;
      c.expect(!granted, PROMISE, message, 0);
    }
  }
});
