import { scene } from "../../../labs/kit/raft";
import { support } from "./script";

scene(
  "a leader steps down on a reply with a higher term",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    support(c, [1, 2]);
    c.leader();
    const own = c.term();
    const higher = own + 5;
    c.puppet(1).answer("appendEntries", () => ({ term: higher, success: false }));
    c.until("stepping down", () => c.status(0)?.isLeader === false, 400);
    c.expect(
      c.term() >= higher,
      "Servers adopt a higher term (§5.1)",
      `server 0 stays in term ${c.term()}`,
      0,
    );
    c.leader();
    c.expect(
      c.term() > higher,
      "Each election begins a new term (§5.1)",
      `server 0 leads term ${c.term()}`,
      0,
    );
  },
);

scene(
  "a candidate steps down on a vote reply with a higher term",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    support(c, [1, 2]);
    const higher = 50;
    for (const id of [1, 2]) c.puppet(id).answer("requestVote", () => ({ term: higher, voteGranted: false }));
    c.until("adopting the higher term", () => (c.status(0)?.term ?? 0) >= higher);
    support(c, [1, 2]);
    c.leader();
    c.expect(
      c.term() > higher,
      "Each election begins a new term (§5.1)",
      `server 0 leads term ${c.term()}`,
      0,
    );
  },
);
