import { scene } from "../../../labs/kit/raft";

scene("a leader that was paused finds itself replaced", { lab: 1, servers: 3, points: 2 }, (c) => {
  const old = c.leader();
  c.freeze(old);
  c.leader();
  const { term } = c.lastLeadership ?? { term: 0 };
  c.thaw(old);
  c.watch(1000);
  c.leader();
  c.expect(c.term() >= term, "A leader of an older term steps down (§5.1)", `server ${old} leads on`, old);
});
