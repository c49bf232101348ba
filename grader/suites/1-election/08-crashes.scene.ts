import { scene } from "../../../labs/kit/raft";

scene("the leader crashes, five times in a row", { lab: 1, servers: 5, points: 3 }, (c) => {
  for (let round = 0; round < 5; round++) {
    const leader = c.leader();
    const term = c.term();
    c.crash(leader);
    c.leader();
    c.expect(c.term() > term, "Each election begins a new term (§5.1)", `term ${term} is led twice`);
    c.restart(leader);
  }
  c.leader();
});

scene("a majority crashes and returns", { lab: 1, servers: 5, points: 3 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const gone = [leader, ...c.others(leader).slice(0, 2)];
  c.crash(...gone);
  c.noLeader();
  c.restart(...gone);
  c.leader();
  c.expect(c.term() > term, "A restarted server remembers its term (Figure 2)", `term ${term} is led twice`);
  c.crash(...c.servers);
  c.restart(...c.servers);
  c.leader();
  c.term();
});
