import { scene } from "../../../labs/kit/raft";

// Nobody hears of anybody's candidacy until all have voted for themselves: a perfect split (§5.2).
scene("a split vote ends within a few terms", { lab: 1, servers: 5, points: 3 }, (c) => {
  c.hold({ method: "requestVote" });
  c.hold({ method: "preVote" });
  c.until("a campaign of every server", () => c.servers.every((id) => c.campaigns(id).length > 0));
  const split = Math.max(...c.campaigns().map((campaign) => campaign.term));
  c.release();
  c.leader();
  const terms = c.term() - split;
  c.expect(
    terms <= 10,
    "Randomised timeouts resolve split votes quickly (§5.2)",
    `it took ${terms} more terms`,
  );
});
