import { scene, type AppendEntriesRequest } from "../../../labs/kit/raft";
import { accepted } from "../2-replication/mit";
import { Follower, leads, takes } from "../2-replication/script";

const end = (request: unknown): number => {
  const { prevLogIndex, entries } = request as AppendEntriesRequest;
  return prevLogIndex + entries.length;
};

// Figure 8 (c) with a command of the leader's own, which it has alone: the older entry is still not to be counted.
scene(
  "figure 8: an own entry at the leader's end alone",
  { lab: 3, servers: 5, points: 3, puppets: [1, 2, 3, 4] },
  (c) => {
    // prettier-ignore
    takes(c, { id: 1, term: 2, log: [1, 2] }, 0, 2);
    const followers = [1, 2, 3, 4].map((id) => new Follower(c, id, [1, 2]));
    const [first, second, ...deaf] = followers;
    if (first === undefined || second === undefined) return;
    for (const follower of deaf) follower.hears = () => false;
    for (const follower of [first, second]) follower.hears = (request) => end(request) <= 2;
    second.speaks = () => false;
    const term = leads(c);
    c.until("heartbeats", () => first.heard.length > 0 && second.heard.length > 0);
    c.watch(10);
    accepted(c, 0, "own", 3);
    const asked = c.puppet(2).requests("appendEntries").find(({ message }) => end(message.request) === 2); // prettier-ignore
    if (asked !== undefined) c.puppet(2).reply(asked, { term, success: true });
    c.watch(50);
    c.expect(
      c.lastApplied(0) === 0,
      "Only log entries from the leader's current term are committed by counting replicas (§5.4.2, Figure 8)",
      `server 0 has applied up to entry ${c.lastApplied(0)}: three of five hold that, but it is of term 2, and this is term ${term}`,
      0,
    );
    for (const follower of [first, second]) follower.hears = follower.speaks = () => true;
    c.until("committing its own entry and with it all before it", () => c.lastApplied(0) === 3, 2000);
  },
);
