import { scene, type AppendEntriesReply } from "../kit/raft";

// Server 1 is a leader played by the scene; server 0 is yours.
scene("acknowledged entries survive a crash", { lab: 3, servers: 3, puppets: [1, 2] }, (c) => {
  const send = (prevLogIndex: number, ...commands: string[]): boolean => {
    const entries = commands.map((command) => ({ term: 1, command }));
    const prevLogTerm = prevLogIndex === 0 ? 0 : 1;
    const request = { term: 1, leaderId: 1, prevLogIndex, prevLogTerm, entries, leaderCommit: 0 };
    const reply = c.puppet(1).ask(0, "appendEntries", request);
    return (reply as AppendEntriesReply | undefined)?.success === true;
  };
  const rule = "log[] is persistent state: on stable storage before responding to RPCs (Figure 2)";
  c.expect(send(0, "a", "b"), rule, "the first two entries are refused", 0);
  c.crash(0);
  c.restart(0);
  c.expect(send(2, "c"), rule, "after a crash, entry 2 is no longer there", 0);
  c.expect(c.log(0).entries.length === 3, rule, `${c.log(0).entries.length} entries on the disk, not 3`, 0);
});
