import { scene, type AppendEntriesReply } from "../kit/raft";

// Servers 1 and 2 are played by the scene: leaders of terms 1 and 2. Server 0 is yours.
scene("a heartbeat is checked like any other call", { lab: 2, servers: 3, puppets: [1, 2] }, (c) => {
  const send = (
    term: number,
    prevLogIndex: number,
    prevLogTerm: number,
    commands: string[] = [],
  ): boolean => {
    const entries = commands.map((command) => ({ term, command }));
    const request = { term, leaderId: term, prevLogIndex, prevLogTerm, entries, leaderCommit: prevLogIndex };
    const reply = c.puppet(term).ask(0, "appendEntries", request);
    return (reply as AppendEntriesReply | undefined)?.success === true;
  };
  const rule = "AppendEntries: false unless the log has an entry at prevLogIndex with prevLogTerm (Figure 2)";
  c.expect(send(1, 0, 0, ["a", "b"]), rule, "the first entries of all are refused", 0);
  c.expect(!send(2, 3, 2), rule, "entry 3 is not there, and the heartbeat that names it succeeds", 0);
  c.expect(!send(2, 2, 2), rule, "entry 2 is of term 1; a heartbeat that says term 2 succeeds", 0);
  c.expect(c.lastApplied(0) === 0, rule, "a refused heartbeat committed something", 0);
  c.expect(send(2, 1, 1, ["c"]), rule, "entries that follow a matching one are refused", 0);
  c.expect(send(2, 2, 2), rule, "now both logs agree, and a heartbeat is refused", 0);
  c.until("server 0 applying entries 1 and 2", () => c.lastApplied(0) === 2);
});
