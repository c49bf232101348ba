import { scene } from "../../../labs/kit/raft";

// Faults with an aim, each seed its own mix: crashes at exact places, cuts, bad networks, bursts.
for (const [servers, ms] of [
  [3, 20_000],
  [5, 15_000],
  [7, 12_000],
] as const) {
  // prettier-ignore
  scene(`a swarm of faults on ${servers} servers`, { lab: 3, servers, points: 3 }, (c) => {
    c.commit();
    c.swarm({ ms });
    c.leader();
    c.commit();
    c.agree();
    const index = c.commit(c.fresh(), { on: servers });
    c.crash(...c.servers);
    c.restart(...c.servers);
    c.commit(c.fresh(), { on: servers });
    c.expect(
      c.commitIndex > index,
      "What is committed is on the disks (Figure 2, persistent state)",
      `entry ${index} was committed; now entry ${c.commitIndex} is the last`,
    );
  });
}
