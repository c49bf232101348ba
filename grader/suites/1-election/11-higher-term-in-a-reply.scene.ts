import { scene, type RaftCluster } from "../../../labs/kit/raft";

/** Servers 1 and 2 are puppets that vote for server 0 and follow it. */
function elect(c: RaftCluster): void {
  for (const id of [1, 2]) {
    const puppet = c.puppet(id);
    puppet.answer("preVote", (request) => ({ ...term(request), voteGranted: true }));
    puppet.answer("requestVote", (request) => ({ ...term(request), voteGranted: true }));
    puppet.answer("appendEntries", (request) => ({ ...term(request), success: true }));
  }
}

const term = (request: unknown): { term: number } => ({ term: (request as { term: number }).term });

scene(
  "a leader steps down on a reply with a higher term",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    elect(c);
    c.leader();
    const own = c.term();
    const higher = own + 5;
    c.puppet(1).answer("appendEntries", () => ({ term: higher, success: false }));
    c.until("stepping down", () => c.status(0)?.isLeader === false, 400);
    c.expect(
      c.term() >= higher,
      "Servers adopt a higher term (§5.1)",
      `server 0 stays in term ${c.term()}`,
      0,
    );
    c.leader();
    c.expect(
      c.term() > higher,
      "Each election begins a new term (§5.1)",
      `server 0 leads term ${c.term()}`,
      0,
    );
  },
);

scene(
  "a candidate steps down on a vote reply with a higher term",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    elect(c);
    const higher = 50;
    for (const id of [1, 2]) c.puppet(id).answer("requestVote", () => ({ term: higher, voteGranted: false }));
    c.until("adopting the higher term", () => (c.status(0)?.term ?? 0) >= higher);
    elect(c);
    c.leader();
    c.expect(
      c.term() > higher,
      "Each election begins a new term (§5.1)",
      `server 0 leads term ${c.term()}`,
      0,
    );
  },
);
