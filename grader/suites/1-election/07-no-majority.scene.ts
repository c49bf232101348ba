import { scene } from "../../../labs/kit/raft";

scene("half of four is not a majority", { lab: 1, servers: 4, points: 3 }, (c) => {
  const leader = c.leader();
  const [friend = leader, ...half] = c.others(leader);
  c.partition([leader, friend], half);
  c.noLeader(half);
  c.heal();
  c.leader();
  c.term();
});

scene("one of two is not a majority", { lab: 1, servers: 2, points: 2 }, (c) => {
  const leader = c.leader();
  const [other = leader] = c.others(leader);
  c.crash(leader);
  c.noLeader([other]);
  c.restart(leader);
  c.leader();
});

scene("the minority of five elects nobody, the majority does", { lab: 1, servers: 5, points: 3 }, (c) => {
  const old = c.leader();
  const [friend = old, ...majority] = c.others(old);
  c.partition([old, friend], majority);
  c.leader();
  c.noLeader([friend]);
  c.heal();
  c.leader();
  c.term();
});
