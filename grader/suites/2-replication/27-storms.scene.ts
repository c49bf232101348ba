import { scene, type NetworkName, type RaftCluster } from "../../../labs/kit/raft";

/** Cuts of all kinds, no crashes: what is on disk is the next lab's. */
const CUTS = [
  "cut-acknowledger",
  "isolate-follower",
  "isolate-leader",
  "swizzle",
  "partition",
  "one-way",
] as const;
const BURSTS = ["burst", "burst-everywhere"] as const;

/** After the storm, somebody leads, commits, and all agree. */
function settle(c: RaftCluster): void {
  c.network("reliable");
  c.heal();
  c.commit();
  c.agree();
}

/** Commands come in while the network drops, repeats, delays, and servers are cut off and return. */
function storm(c: RaftCluster, network: NetworkName): void {
  c.commit();
  c.network(network);
  for (let round = 0; round < 25; round++) {
    for (const server of c.servers) for (let i = 0; i < 3; i++) c.propose(server);
    c.storm({ ms: 400, isolate: 0.2, oneWay: 0.15, heal: 0.3 });
  }
  settle(c);
}

scene("a storm where messages get lost", { lab: 2, servers: 5, points: 2 }, (c) => storm(c, "unreliable"));

scene("a storm where messages come twice and overtake each other", { lab: 2, servers: 5, points: 2 }, (c) =>
  storm(c, "duplicating"),
);

scene("a storm where answers take seconds", { lab: 2, servers: 5, points: 2 }, (c) =>
  storm(c, "long reordering"),
);

scene("a storm over an even cluster", { lab: 2, servers: 4, points: 2 }, (c) => storm(c, "duplicating"));

scene("a swarm of cuts", { lab: 2, servers: 5, points: 3 }, (c) => {
  c.commit();
  c.swarm({ ms: 15_000, moves: [...CUTS, ...BURSTS], proposals: 8 });
  settle(c);
});

scene("a swarm of cuts, pauses and bad networks", { lab: 2, servers: 5, points: 3 }, (c) => {
  c.commit();
  c.swarm({ ms: 15_000, moves: [...CUTS, ...BURSTS, "network", "freeze"], proposals: 8 });
  settle(c);
});
