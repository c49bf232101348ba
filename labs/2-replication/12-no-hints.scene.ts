import { scene, type AppendEntriesRequest } from "../kit/raft";

const termOf = (request: unknown): number => (request as { term: number }).term;

// Server 0 is yours, and leads. Server 2, played like server 1, lacks most entries; it says yes or no, nothing else.
scene("a follower that gives no hint is found, too", { lab: 2, servers: 3, puppets: [1, 2] }, (c) => {
  const old = Array.from({ length: 20 }, (_, i) => ({ term: 1, command: `old ${i + 1}` }));
  const first = { term: 1, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries: old, leaderCommit: 0 };
  c.puppet(1).ask(0, "appendEntries", first);
  const last = [0, 20, 3]; // how far the logs of servers 1 and 2 reach
  for (const id of [1, 2]) {
    c.puppet(id).answer("preVote", (request) => ({ term: termOf(request) - 1, voteGranted: true }));
    c.puppet(id).answer("requestVote", (request) => ({ term: termOf(request), voteGranted: true }));
    c.puppet(id).answer("appendEntries", (request) => {
      const { term, prevLogIndex, entries } = request as AppendEntriesRequest;
      const end = last[id] ?? 0;
      if (prevLogIndex > end) return { term, success: false };
      last[id] = Math.max(end, prevLogIndex + entries.length);
      return { term, success: true };
    });
  }
  c.until("an election that both others vote in", () => c.status(0)?.isLeader === true);
  c.propose(0, "new");
  c.until("committing entry 21", () => c.lastApplied(0) === 21);
  c.until("bringing server 2, which sends no hints, from entry 3 to entry 21", () => last[2] === 21);
});
