import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; it has not heard that server 0 has the first five entries.
scene("entries that begin before a snapshot do no harm", { lab: 4, servers: 3, puppets: [1, 2] }, (c) => {
  const entries = ["a", "b", "c", "d", "e", "f"].map((command) => ({ term: 1, command }));
  const send = (from: number, to: number): boolean => {
    const request = { term: 1, leaderId: 1, prevLogIndex: from, prevLogTerm: from === 0 ? 0 : 1 };
    const fresh = { entries: entries.slice(from, to), leaderCommit: to };
    const reply = c.puppet(1).ask(0, "appendEntries", { ...request, ...fresh });
    return (reply as AppendEntriesReply | undefined)?.success === true;
  };
  send(0, 5);
  c.until("server 0 applying five entries", () => c.lastApplied(0) === 5);
  c.snapshot(0);
  c.expect(
    send(2, 6) || send(5, 6), // who refuses the first gets what follows its snapshot
    "What a snapshot covers is committed, so entries behind it match (§7; Figure 2, AppendEntries)",
    "server 0 has a snapshot up to entry 5, and takes no entry 6",
    0,
  );
  c.until("server 0 applying entry 6", () => c.lastApplied(0) === 6);
});
