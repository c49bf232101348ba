import { scene } from "../kit/raft";

scene("a new leader takes over, and the old one follows it", { lab: 1, servers: 3 }, (c) => {
  const old = c.leader();
  c.isolate(old);
  c.leader();
  const { term } = c.lastLeadership ?? { term: 0 };
  c.rejoin(old);
  const leader = c.leader();
  c.expect(
    c.term() >= term,
    "A leader of an older term steps down (§5.1)",
    `server ${old} leads term ${c.term()}`,
  );
  c.stays(leader, 2000);
});
