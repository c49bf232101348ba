import { scene } from "../kit/raft";

// No request for a vote arrives until everybody has voted for itself.
scene("a split vote ends", { lab: 1, servers: 5 }, (c) => {
  c.hold({ method: "requestVote" });
  c.until("a campaign of every server", () => c.servers.every((id) => c.campaigns(id).length > 0));
  c.release();
  c.leader();
});
