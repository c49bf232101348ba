import { scene } from "../kit/raft";

scene("a leader is elected, and stays", { lab: 1, servers: 3 }, (c) => {
  const leader = c.leader();
  c.term();
  c.stays(leader, 5000);
});
