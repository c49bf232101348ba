import { scene } from "../../../labs/kit/raft";
import { encourage } from "./script";

// Figure 2, candidates: “if AppendEntries RPC received from new leader: convert to follower” - of an equal term, too.
scene(
  "a candidate yields to a leader of its own term",
  { lab: 1, servers: 3, points: 3, puppets: [1, 2] },
  (c) => {
    const [leader, other] = [c.puppet(1), c.puppet(2)];
    encourage(c, [1, 2]);
    const asked = other.expectRequest("requestVote", (_, from) => from === 0);
    const { term } = asked.message.request as { term: number };
    const since = c.now;

    const heartbeat = { term, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
    for (let beat = 0; beat < 40; beat++) {
      const reply = leader.ask(0, "appendEntries", heartbeat) as
        { term: number; success: boolean } | undefined;
      c.expect(
        reply?.success === true && reply.term === term,
        "AppendEntries of the current term is accepted (Figure 2)",
        `server 0 answers ${JSON.stringify(reply)} to a heartbeat of its own term ${term}`,
        0,
      );
      c.watch(80);
    }
    c.expect(
      c.campaigns(0, since).length === 0,
      "If AppendEntries RPC received from new leader: convert to follower (Figure 2, candidates)",
      `server 0 campaigned on, though a leader of its own term ${term} sent heartbeats`,
      0,
    );
  },
);
