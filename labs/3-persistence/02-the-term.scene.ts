import { scene, type AppendEntriesReply } from "../kit/raft";

// Servers 1 and 2 are played by the scene; server 0 is yours.
scene("a term survives a crash", { lab: 3, servers: 3, puppets: [1, 2] }, (c) => {
  const beat = (leaderId: number, term: number): AppendEntriesReply | undefined => {
    const request = { term, leaderId, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
    return c.puppet(leaderId).ask(0, "appendEntries", request) as AppendEntriesReply | undefined;
  };
  c.expect(
    beat(1, 5)?.success === true,
    "A leader of a higher term is followed (§5.2; Figure 2, AppendEntries)",
    "server 0 refuses the leader of term 5",
    0,
  );
  c.crash(0);
  c.restart(0);
  c.expect(
    beat(2, 4)?.success !== true,
    "AppendEntries receiver 1: reply false if term < currentTerm (Figure 2; §5.1)",
    "server 0 was in term 5, and follows a leader of term 4 after a crash",
    0,
  );
});
