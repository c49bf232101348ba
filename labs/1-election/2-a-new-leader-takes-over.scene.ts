import { scene } from "../kit/raft";

scene("a new leader takes over, and the old one follows it", { lab: 1, servers: 3 }, (c) => {
  const old = c.leader();
  c.isolate(old);
  const chosen = c.leader();
  c.rejoin(old);
  c.term();
  c.expect(
    c.leader() === chosen,
    "A leader of an older term steps down (§5.1)",
    `server ${old} leads again`,
    old,
  );
});
