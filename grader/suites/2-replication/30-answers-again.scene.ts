import { scene, type AppendEntriesRequest } from "../../../labs/kit/raft";
import { accepted } from "./mit";
import { Follower, leads, takes } from "./script";

// A leader that looks back has a guess, nextIndex; an old answer that comes again confirms none of it (Figure 2).
scene(
  "a success that comes again while the leader looks back",
  { lab: 2, servers: 5, puppets: [1, 2, 3, 4], points: 2 },
  (c) => {
    takes(c, { id: 1, term: 1, log: Array.from({ length: 10 }, () => 1) }, 0, 10);
    const [first, , ...others] = [1, 2, 3, 4].map((id) => new Follower(c, id, [1, 1, 1, 1, 1]));
    if (first === undefined) return;
    for (const other of others) other.hears = () => false;
    let confirmed: AppendEntriesRequest | undefined;
    first.hears = (request) => {
      if (request.prevLogIndex + request.entries.length <= 5) confirmed ??= request;
      return request.entries.length === 0;
    };
    const term = leads(c);
    c.until("finding where its log and server 1's agree", () => confirmed !== undefined, 2000);
    accepted(c, 0, "held by two", 11);
    const old = c
      .puppet(1)
      .requests("appendEntries")
      .find(({ message }) => message.request === confirmed);
    for (let i = 0; i < 100 && old !== undefined; i++) {
      c.puppet(1).reply(old, { term, success: true });
      c.watch(5);
    }
    c.expect(
      c.lastApplied(0) === 0,
      "A success confirms the entries up to the last one of its own request (Figure 2; §5.3)",
      `server 0 has applied up to entry ${c.lastApplied(0)}; server 1 has confirmed entry 5 again and again, and no other`,
      0,
    );
    first.hears = () => true;
    c.until("committing it, with one more server that holds it,", () => c.lastApplied(0) === 11, 2000);
  },
);
