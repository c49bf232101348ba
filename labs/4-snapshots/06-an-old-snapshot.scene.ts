import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; its snapshot has been long on the way.
scene("an old snapshot takes nothing back", { lab: 4, servers: 3, puppets: [1, 2] }, (c) => {
  const from = { term: 1, leaderId: 1 };
  const entries = ["a", "b", "c", "d", "e"].map((command) => ({ term: 1, command }));
  const first = { ...from, prevLogIndex: 0, prevLogTerm: 0, entries, leaderCommit: 5 };
  c.puppet(1).ask(0, "appendEntries", first);
  c.until("server 0 applying five entries", () => c.lastApplied(0) === 5);
  const snapshot = { lastIncludedIndex: 3, lastIncludedTerm: 1, data: "after c" };
  c.puppet(1).ask(0, "installSnapshot", { ...from, ...snapshot });
  c.watch(50);
  const beat = { ...from, prevLogIndex: 5, prevLogTerm: 1, entries: [], leaderCommit: 5 };
  const reply = c.puppet(1).ask(0, "appendEntries", beat) as AppendEntriesReply | undefined;
  c.expect(
    reply?.success === true && c.lastApplied(0) === 5,
    "State never goes back: a snapshot replaces what came before it (§7, Figure 13)",
    `five entries were applied; after an old snapshot ${c.lastApplied(0)} are, and entry 5 is not found`,
    0,
  );
});
