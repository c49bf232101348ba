import { scene } from "../../../labs/kit/raft";
import { beat, encourage, loses, termOf, wins } from "./script";

const THREE = { lab: 1, servers: 3, points: 3, puppets: [1, 2] } as const;

scene("one vote a term, through heartbeats and restarts", THREE, (c) => {
  wins(c, 1, 7);
  wins(c, 1, 7); // a candidate whose first reply was lost asks again: “votedFor is null or candidateId”
  loses(c, 2, 7);
  for (let i = 0; i < 3; i++) beat(c, 1, 7);
  loses(c, 2, 7);
  c.crash(0);
  c.restart(0);
  loses(c, 2, 7);
  const term = c.status(0)?.term ?? 0;
  c.expect(
    term >= 7,
    "currentTerm is persistent (Figure 2)",
    `server 0 voted in term 7; after a crash it is in term ${term}`,
    0,
  );
});

scene("a vote for a newer term is granted at once", THREE, (c) => {
  encourage(c, [1, 2]);
  const campaign = c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
  const own = termOf(campaign.message.request);
  wins(c, 1, own + 3);
  loses(c, 2, own + 1);
  loses(c, 2, own + 3);
});
