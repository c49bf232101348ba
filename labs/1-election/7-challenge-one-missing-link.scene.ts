import { scene } from "../kit/raft";

const UNDISTURBED =
  "A server that cannot win disturbs nobody: pre-vote before it raises its term (thesis, §9.6)";

// The challenge: pre-vote and check-quorum are on, and one link is gone.
scene(
  "challenge: one missing link does not depose the leader",
  { lab: 1, servers: 5, challenge: true, options: { preVote: true, checkQuorum: true } },
  (c) => {
    const leader = c.leader();
    const term = c.term();
    const [deaf = leader] = c.others(leader);
    c.cut(leader, deaf);
    c.stays(leader, 10_000, UNDISTURBED);
    c.heal();
    c.stays(leader, 2000, UNDISTURBED);
    c.expect(
      c.term() === term,
      "Pre-vote: no term is raised by who cannot win (thesis, §9.6)",
      `term ${term} has grown`,
    );
  },
);
