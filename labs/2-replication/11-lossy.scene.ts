import { scene } from "../kit/raft";

scene(
  "agreement on a network that loses, repeats and overtakes",
  { lab: 2, servers: 5, network: "duplicating" },
  (c) => {
    for (let round = 0; round < 10; round++) {
      c.commitAll([c.fresh(), c.fresh(), c.fresh()], { on: 3, within: 30_000 });
      if (round % 3 === 0) c.isolate(c.leader(30_000));
      if (round % 3 === 2) c.heal();
    }
    c.network("reliable");
    c.heal();
    c.commit("last", { on: 5 });
    c.agree();
  },
);
