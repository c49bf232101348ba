import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; some of its calls were sent before the first that arrives.
scene("a short call that comes late removes nothing", { lab: 2, servers: 3, puppets: [1, 2] }, (c) => {
  const entries = ["a", "b", "c"].map((command) => ({ term: 1, command }));
  const send = (from: number, to: number): boolean => {
    const request = { term: 1, leaderId: 1, prevLogIndex: from, prevLogTerm: from === 0 ? 0 : 1 };
    const fresh = { entries: entries.slice(from, to), leaderCommit: 0 };
    const reply = c.puppet(1).ask(0, "appendEntries", { ...request, ...fresh });
    return (reply as AppendEntriesReply | undefined)?.success === true;
  };
  for (const count of [3, 1, 0, 3]) {
    c.expect(
      send(0, count),
      "AppendEntries succeeds where the log matches at prevLogIndex (Figure 2; §5.3)",
      `a call with ${count} entries is refused`,
      0,
    );
    c.expect(
      send(3, 3) && c.log(0).entries.length === 3,
      "Only a conflict removes entries (Figure 2, AppendEntries receiver 3; §5.3)",
      `entries 1 to 3 were acknowledged; after a call with ${count} of them entry 3 is gone`,
      0,
    );
  }
});
