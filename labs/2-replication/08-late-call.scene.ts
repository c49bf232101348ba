import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; the second of its calls was sent before the first.
scene("a short call that comes late removes nothing", { lab: 2, servers: 3, puppets: [1, 2] }, (c) => {
  const entries = ["a", "b", "c"].map((command) => ({ term: 1, command }));
  for (const count of [3, 1, 0, 3]) {
    const request = { term: 1, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, leaderCommit: 0 };
    const reply = c.puppet(1).ask(0, "appendEntries", { ...request, entries: entries.slice(0, count) });
    c.expect(
      (reply as AppendEntriesReply | undefined)?.success === true,
      "AppendEntries succeeds where the log matches at prevLogIndex (Figure 2; §5.3)",
      `a call with ${count} entries is refused`,
      0,
    );
    c.expect(
      c.log(0).entries.length === 3,
      "Only a conflict removes entries (Figure 2, AppendEntries receiver 3; §5.3)",
      `after a call with ${count} entries the log has ${c.log(0).entries.length}, not 3`,
      0,
    );
  }
});
