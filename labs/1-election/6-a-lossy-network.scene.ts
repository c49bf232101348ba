import { scene } from "../kit/raft";

scene(
  "elections on a network that loses, repeats and overtakes",
  { lab: 1, servers: 5, network: "duplicating" },
  (c) => {
    c.leader();
    for (let round = 0; round < 5; round++) {
      const leader = c.leader();
      c.crash(leader);
      c.leader();
      c.restart(leader);
    }
    c.network("reliable");
    c.leader();
    c.term();
  },
);
