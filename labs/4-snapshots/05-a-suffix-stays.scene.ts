import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; server 0 is yours.
scene("what follows a snapshot stays, if it fits", { lab: 4, servers: 3, puppets: [1, 2] }, (c) => {
  const from = { term: 1, leaderId: 1 };
  const entries = ["a", "b", "c", "d", "e"].map((command) => ({ term: 1, command }));
  const append = (prevLogIndex: number, count: number): boolean => {
    const fresh = entries.slice(prevLogIndex, prevLogIndex + count);
    const prevLogTerm = prevLogIndex === 0 ? 0 : 1;
    const request = { ...from, prevLogIndex, prevLogTerm, entries: fresh, leaderCommit: 0 };
    const reply = c.puppet(1).ask(0, "appendEntries", request);
    return (reply as AppendEntriesReply | undefined)?.success === true;
  };
  c.expect(append(0, 5), "AppendEntries (Figure 2)", "the first entries of all are refused", 0);
  const snapshot = { lastIncludedIndex: 3, lastIncludedTerm: 1, data: "after c" };
  c.puppet(1).ask(0, "installSnapshot", { ...from, ...snapshot });
  c.expect(
    append(5, 0),
    "InstallSnapshot receiver 6: retain the entries that follow a matching one (Figure 13)",
    "server 0 had entries 4 and 5, and got a snapshot up to entry 3; now entry 5 is gone",
    0,
  );
});
