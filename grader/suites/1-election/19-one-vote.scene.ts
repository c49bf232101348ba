import { scene, type RaftCluster } from "../../../labs/kit/raft";

const ONE_VOTE = "Each server will vote for at most one candidate in a given term (§5.2)";

/** Asks server 0 for its vote. */
function ask(
  c: RaftCluster,
  candidateId: number,
  term: number,
): { term: number; voteGranted: boolean } | undefined {
  const request = { term, candidateId, lastLogIndex: 0, lastLogTerm: 0 };
  return c.puppet(candidateId).ask(0, "requestVote", request) as
    { term: number; voteGranted: boolean } | undefined;
}

function wins(c: RaftCluster, candidate: number, term: number): void {
  const reply = ask(c, candidate, term);
  const said = `server 0 answers ${JSON.stringify(reply)} to candidate ${candidate}, the first of term ${term}`;
  c.expect(reply?.voteGranted === true, "A vote is granted first-come-first-served (§5.2)", said, 0);
}

function loses(c: RaftCluster, candidate: number, term: number): void {
  c.expect(
    ask(c, candidate, term)?.voteGranted !== true,
    ONE_VOTE,
    `server 0 votes twice in term ${term}`,
    0,
  );
}

scene(
  "one vote a term, through heartbeats and restarts",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    wins(c, 1, 7);
    wins(c, 1, 7); // a candidate whose first reply was lost asks again: “votedFor is null or candidateId”
    loses(c, 2, 7);
    const heartbeat = { term: 7, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
    for (let beat = 0; beat < 3; beat++) c.puppet(1).ask(0, "appendEntries", heartbeat);
    loses(c, 2, 7);
    c.crash(0);
    c.restart(0);
    loses(c, 2, 7);
    c.expect(
      (c.status(0)?.term ?? 0) >= 7,
      "currentTerm is persistent (Figure 2)",
      "server 0 forgot its term",
      0,
    );
  },
);

scene(
  "a vote for a newer term is granted at once",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    for (const id of [1, 2]) {
      const granted = (request: unknown) => ({
        term: (request as { term: number }).term - 1,
        voteGranted: true,
      });
      c.puppet(id).answer("preVote", granted);
    }
    const campaign = c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
    const own = (campaign.message.request as { term: number }).term;
    wins(c, 1, own + 3);
    loses(c, 2, own + 1);
    loses(c, 2, own + 3);
  },
);
