import { scene } from "../kit/raft";

scene("no leader without a majority", { lab: 1, servers: 4 }, (c) => {
  const leader = c.leader();
  const [friend = leader, ...half] = c.others(leader);
  c.partition([leader, friend], half);
  c.noLeader(half);
  c.heal();
  c.stays(c.leader(), 2000);
});
