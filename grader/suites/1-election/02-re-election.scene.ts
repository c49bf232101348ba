import { scene } from "../../../labs/kit/raft";

// MIT 6.5840, TestReElection.
scene("re-election", { lab: 1, servers: 3, points: 3 }, (c) => {
  const first = c.leader();
  c.isolate(first);
  const second = c.leader();
  c.rejoin(first);
  c.leader();
  c.term();

  const third = c.others(first, second)[0] ?? first;
  c.isolate(second, third);
  c.noLeader([first]);
  c.rejoin(third);
  c.leader();
  c.rejoin(second);
  c.leader();
  c.term();
});
