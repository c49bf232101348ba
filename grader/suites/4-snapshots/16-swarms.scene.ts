import { scene, type NetworkName, type RaftCluster } from "../../../labs/kit/raft";

/** After all that, somebody leads and commits, and all agree; also once more, from their disks. */
function settle(c: RaftCluster): void {
  c.network("reliable");
  c.heal();
  c.leader();
  c.commit();
  c.agree();
  const index = c.commit(c.fresh(), { on: c.servers.length });
  c.crash(...c.servers);
  c.restart(...c.servers);
  const next = c.commit(c.fresh(), { on: c.servers.length });
  c.expect(
    next > index,
    "What is committed is on the disks, in a snapshot or behind it (Figure 2, persistent state; §7)",
    `entry ${index} was committed; the next is entry ${next}`,
  );
}

for (const [servers, ms] of [
  [3, 20_000],
  [5, 15_000],
] as const) {
  // prettier-ignore
  const setup = { lab: 4, servers, snapshotEvery: 10, points: 3 };
  scene(`a swarm of faults on ${servers} servers with snapshots`, setup, (c) => {
    c.commit();
    c.swarm({ ms });
    settle(c);
  });
}

/** Commands come in while the network loses, repeats and delays messages, and servers crash. */
function storm(c: RaftCluster, network: NetworkName): void {
  c.commit();
  c.network(network);
  for (let round = 0; round < 20; round++) {
    for (const server of c.servers) for (let i = 0; i < 4; i++) c.propose(server);
    c.storm({ ms: 500, crash: 0.15, restart: 0.4, isolate: 0.1, heal: 0.4 });
  }
  settle(c);
}

scene(
  "a storm over a lossy network with snapshots",
  { lab: 4, servers: 3, snapshotEvery: 4, points: 2 },
  (c) => storm(c, "unreliable"),
);

scene(
  "a storm over snapshots that come twice and overtake each other",
  { lab: 4, servers: 5, snapshotEvery: 4, points: 2 },
  (c) => storm(c, "duplicating"),
);
