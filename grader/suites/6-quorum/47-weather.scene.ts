import { scene, type Consistency, type QuorumCluster, type QuorumSetup } from "../../../labs/kit/quorum";

const GO_ON = "Operations succeed again when enough replicas can be reached again (handout)";

const SETUP = {
  lab: 6,
  coordinators: 4,
  network: "regional",
  repairEvery: 300,
  timeout: 600,
  share: 0.3,
  points: 1,
} as const;

const STORM = { ms: 4000, crash: 0.2, crashCoordinator: 0.15, partition: 0.1, oneWay: 0.1 } as const;

const WEATHER: readonly { name: string; setup: Partial<QuorumSetup>; happens: (c: QuorumCluster) => void }[] =
  [
    { name: "a storm", setup: {}, happens: (c) => c.storm(STORM) },
    { name: "a storm of duplicates", setup: { network: "duplicating" }, happens: (c) => c.storm(STORM) },
    {
      name: "partitions",
      setup: { network: "unreliable" },
      happens: (c) => c.storm({ ms: 4000, partition: 0.4, pause: 0.1 }),
    },
    {
      name: "long reordering",
      setup: { network: "long reordering", timeout: 3000 },
      happens: (c) => c.storm({ ms: 6000, crash: 0.15, crashCoordinator: 0.1 }),
    },
  ];

const PROMISES: readonly { readonly promise: Consistency; readonly servers: number }[] = [
  { promise: "eventual", servers: 4 },
  { promise: "regular", servers: 3 },
  { promise: "atomic", servers: 5 },
];

/** Four coordinators do what they can on two keys while something happens; in the end all is well again. */
function outlive(c: QuorumCluster, happens: (c: QuorumCluster) => void): void {
  const all = c.coordinators(4);
  c.underLoad(all, c.mixed(["x", "y"]), () => happens(c));
  c.network("reliable");
  for (const one of all) one.write("y", `C${one.id}, after all`);
  for (const one of all) c.expect(one.read("y").version !== null, GO_ON, "what was written is not there");
  c.converge();
}

for (const { name, setup, happens } of WEATHER) {
  for (const { promise, servers } of PROMISES) {
    scene(`${name}: ${promise}`, { ...SETUP, servers, promise, ...setup }, (c) => outlive(c, happens));
  }
}

// Any one read that goes back is noticed, so these are the configurations in which quorums meet in one replica only.
for (const [W, R] of [
  [4, 2],
  [2, 4],
  [5, 1],
] as const) {
  scene(`a storm: W=${W}, R=${R}, atomic`, { ...SETUP, servers: 5, W, R }, (c) =>
    outlive(c, () => c.storm(STORM)),
  );
}

// Rounds of repair never stop, half of the coordinators reach a part of the replicas only, and clocks differ.
scene(
  "everything at once",
  {
    ...SETUP,
    servers: 5,
    coordinators: 6,
    network: "duplicating",
    drift: 0.03,
    repairEvery: 100,
    points: 2,
    share: 0.2,
  },
  (c) => {
    const all = c.coordinators(6);
    const random = c.random("reach");
    c.underLoad(all, c.mixed(["x", "y", "z"]), () => {
      for (let i = 0; i < 3; i++) {
        for (const one of all) {
          if (random.chance(0.5)) c.reach(one, ...random.shuffle(c.servers).slice(0, 3));
        }
        c.storm({ ...STORM, ms: 2000, pause: 0.1 });
      }
    });
    c.network("reliable");
    c.converge();
    for (const one of all) one.read(random.pick(["x", "y", "z"]));
  },
);
