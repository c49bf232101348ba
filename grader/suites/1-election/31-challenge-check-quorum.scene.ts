import { scene } from "../../../labs/kit/raft";

const UNDISTURBED =
  "A server that cannot win disturbs nobody: pre-vote before it raises its term (thesis, §9.6)";

const CHALLENGE = { lab: 1, challenge: true, options: { preVote: true, checkQuorum: true } } as const;

scene("a leader that can send but not hear steps down", { ...CHALLENGE, servers: 5, points: 4 }, (c) => {
  const old = c.leader();
  for (const other of c.others(old)) c.cutOneWay(other, old);
  c.until(`server ${old} stepping down`, () => c.status(old)?.isLeader === false);
  const chosen = c.leader();
  c.expect(
    chosen !== old,
    "Check-quorum: a leader without a majority steps down (thesis, §6.2)",
    "it still leads",
    old,
  );
  c.stays(chosen, 5000, UNDISTURBED);
  c.heal();
  c.stays(chosen, 3000, UNDISTURBED);
  c.term();
});

scene("a leader alone in a partition steps down", { ...CHALLENGE, servers: 3, points: 2 }, (c) => {
  const old = c.leader();
  c.isolate(old);
  c.until(`server ${old} stepping down`, () => c.status(old)?.isLeader === false);
  const chosen = c.leader();
  c.heal();
  c.stays(chosen, 3000, UNDISTURBED);
});

// Both at once must not lock the cluster up, whatever terms its members have reached.
scene(
  "pre-vote and check-quorum through a storm",
  { ...CHALLENGE, servers: 5, points: 2, network: "duplicating" },
  (c) => {
    c.leader();
    c.storm({ ms: 15_000, crash: 0.15, restart: 0.5, isolate: 0.2, oneWay: 0.2, heal: 0.25 });
    c.network("reliable");
    c.leader();
    c.term();
  },
);
