import { scene, type RequestVoteReply } from "../kit/raft";

// Candidates 1 and 2 are played by the scene; server 0 is yours.
scene("after a crash, vote and log decide as before it", { lab: 3, servers: 3, puppets: [1, 2] }, (c) => {
  const ask = (candidateId: number, term: number, lastLogIndex: number): boolean => {
    const request = { term, candidateId, lastLogIndex, lastLogTerm: lastLogIndex === 0 ? 0 : 1 };
    const reply = c.puppet(candidateId).ask(0, "requestVote", request);
    return (reply as RequestVoteReply | undefined)?.voteGranted === true;
  };
  const again = (): void => {
    c.crash(0);
    c.restart(0);
  };
  const entries = [{ term: 1, command: "a" }];
  const request = { term: 1, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries, leaderCommit: 0 };
  c.puppet(1).ask(0, "appendEntries", request);
  again();
  const upToDate = "A vote only for a log at least as up-to-date as the voter's (§5.4.1)";
  c.expect(!ask(2, 5, 0), upToDate, "server 0 has an entry, and votes for an empty log", 0);
  c.expect(ask(1, 5, 1), upToDate, "server 0 refuses a log that equals its own", 0);
  again();
  const once = "Each server will vote for at most one candidate in a given term (§5.2)";
  c.expect(!ask(2, 5, 1), once, "two votes in term 5, with a crash in between", 0);
  c.expect(ask(1, 5, 1), once, "candidate 1 asks again, and its vote is gone", 0);
});
