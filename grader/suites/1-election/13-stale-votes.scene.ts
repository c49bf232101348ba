import { scene, type RaftCluster } from "../../../labs/kit/raft";

type Ask = ReturnType<ReturnType<RaftCluster["puppet"]>["expectRequest"]>;

const term = (ask: Ask): number => (ask.message.request as { term: number }).term;

/** Server 0 alone is real; 1 and 2 grant pre-votes and keep requests for votes to themselves. */
function candidate(c: RaftCluster): { next(after: number): Ask; grant(ask: Ask): void } {
  const puppet = c.puppet(1);
  for (const id of [1, 2]) {
    c.puppet(id).answer("preVote", (request) => ({
      term: (request as { term: number }).term - 1,
      voteGranted: true,
    }));
  }
  return {
    next: (after) =>
      puppet.expectRequest("requestVote", (request) => (request as { term: number }).term > after),
    grant: (ask) => puppet.reply(ask, { term: term(ask), voteGranted: true }),
  };
}

scene("a stale vote reply elects nobody", { lab: 1, servers: 3, points: 3, puppets: [1, 2] }, (c) => {
  const zero = candidate(c);
  const first = zero.next(0);
  const second = zero.next(term(first));
  zero.grant(first);
  c.watch(30);
  c.expect(
    c.status(0)?.isLeader !== true,
    "Votes count only for the same term (§5.2)",
    `server 0 leads term ${term(second)} with a vote for term ${term(first)}`,
    0,
  );
  zero.grant(second);
  c.until("winning with a vote of its own term", () => c.status(0)?.isLeader === true, 300);
});

scene(
  "a vote that comes after the race is lost elects nobody",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    const zero = candidate(c);
    const ask = zero.next(0);
    const later = term(ask) + 3;
    const heartbeat = {
      term: later,
      leaderId: 2,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: [],
      leaderCommit: 0,
    };
    const reply = c.puppet(2).ask(0, "appendEntries", heartbeat) as { success: boolean } | undefined;
    c.expect(
      reply?.success === true,
      "A leader of a higher term is followed (Figure 2)",
      "its heartbeat was refused",
      0,
    );
    zero.grant(ask);
    c.watch(30);
    c.expect(
      c.status(0)?.isLeader !== true && c.status(0)?.term === later,
      "A reply to a request of an older term is dropped (Figure 2; §5.1)",
      `server 0 says ${JSON.stringify(c.status(0))} in term ${later}, after a vote for term ${term(ask)}`,
      0,
    );
  },
);
