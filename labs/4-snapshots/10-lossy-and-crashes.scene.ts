import { scene } from "../kit/raft";

scene(
  "snapshots on a network that loses and repeats, with crashes",
  { lab: 4, servers: 3, snapshotEvery: 10, network: "duplicating" },
  (c) => {
    const random = c.random("who");
    for (let round = 0; round < 10; round++) {
      const victim = random.pick(c.servers);
      if (random.chance(0.5)) c.crash(victim);
      else c.isolate(victim);
      c.commitAll(
        Array.from({ length: 12 }, () => c.fresh()),
        { on: 2, within: 30_000 },
      );
      c.restart(victim);
      c.heal();
    }
    c.network("reliable");
    c.commit("last", { on: 3 });
    c.agree();
  },
);
