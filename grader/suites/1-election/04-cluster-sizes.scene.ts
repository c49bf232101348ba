import { scene } from "../../../labs/kit/raft";

scene("a cluster of one elects itself, again after each restart", { lab: 1, servers: 1, points: 1 }, (c) => {
  c.leader();
  const before = c.term();
  c.crash(0);
  c.restart(0);
  c.leader();
  c.expect(
    c.term() > before,
    "A restarted server campaigns in a new term (§5.2)",
    `term ${before} is led twice`,
    0,
  );
});

for (const servers of [2, 4, 5, 7]) {
  scene(`a cluster of ${servers} survives what a majority can`, { lab: 1, servers, points: 1 }, (c) => {
    const tolerated = Math.ceil(servers / 2) - 1;
    for (let failures = 0; failures < tolerated; failures++) c.crash(c.leader());
    c.leader();
    const last = c.leader();
    c.crash(last);
    c.noLeader();
    c.restart(last);
    c.leader();
    c.restart(...c.servers);
    c.leader();
    c.term();
  });
}
