import { scene } from "../kit/raft";

// Servers 1 and 2 are played by the scene; server 0 is yours.
scene("a vote survives a crash", { lab: 1, servers: 3, puppets: [1, 2] }, (c) => {
  const ask = (candidateId: number): boolean => {
    const request = { term: 5, candidateId, lastLogIndex: 0, lastLogTerm: 0 };
    const reply = c.puppet(candidateId).ask(0, "requestVote", request);
    return (reply as { voteGranted: boolean } | undefined)?.voteGranted === true;
  };
  c.expect(
    ask(1),
    "A vote is granted first-come-first-served (§5.2)",
    "server 0 refuses the first candidate of term 5",
    0,
  );
  c.crash(0);
  c.restart(0);
  c.expect(
    !ask(2),
    "Each server will vote for at most one candidate in a given term (§5.2)",
    "two votes in term 5",
    0,
  );
});
