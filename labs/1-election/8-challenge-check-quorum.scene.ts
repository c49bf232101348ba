import { scene } from "../kit/raft";

// The challenge: check-quorum. The leader sends, and hears no answer.
scene(
  "challenge: a leader that hears nobody steps down",
  { lab: 1, servers: 3, challenge: true, options: { preVote: true, checkQuorum: true } },
  (c) => {
    const old = c.leader();
    for (const other of c.others(old)) c.cutOneWay(other, old);
    c.until(`server ${old} stepping down`, () => c.status(old)?.isLeader === false);
    const leader = c.leader();
    c.heal();
    c.stays(
      leader,
      2000,
      "A server that cannot win disturbs nobody: pre-vote before it raises its term (thesis, §9.6)",
    );
  },
);
