import { scene } from "../../../labs/kit/raft";

// MIT 6.5840, TestReElection.
scene("re-election", { lab: 1, servers: 3, points: 4 }, (c) => {
  const first = c.leader();
  c.isolate(first);
  const second = c.leader();
  c.rejoin(first);
  c.term();
  c.expect(
    c.leader() === second,
    "A leader of an older term steps down (§5.1)",
    `server ${first} leads again`,
  );

  const third = c.others(first, second)[0] ?? first;
  c.isolate(second, third);
  c.noLeader([first]);
  c.rejoin(third);
  c.leader();
  c.rejoin(second);
  c.leader();
  c.term();
});
