import { partitions, scene, type KvCluster, type KvSetup, type ReadMode } from "../../../labs/kit/kv";

const GO_ON = "Clients make progress while a majority can talk (§8)";

const MODES: readonly ReadMode[] = ["log", "readIndex", "lease", "follower"];

const FIVE = {
  lab: 5,
  servers: 5,
  clients: 5,
  network: "regional",
  maxStateBytes: 2000,
  share: 0.3,
  points: 2,
} as const;

/** Five clients read in all modes and write, on two keys, while something happens. */
function busy(c: KvCluster, happens: () => void): void {
  const clients = c.clients(5);
  const [first] = clients;
  first?.put("a", "first");
  const answered = c.underLoad(clients, c.mixed(["a", "b"], ...MODES), () => {
    c.watch(500);
    happens();
    c.watch(500);
  });
  c.expect(answered >= 10, GO_ON, `${answered} operations were answered`);
}

const STORM = { ms: 5000, crash: 0.15, isolate: 0.15, oneWay: 0.1 } as const;

const WEATHER: readonly { name: string; setup: Partial<KvSetup>; happens: (c: KvCluster) => void }[] = [
  { name: "a storm", setup: {}, happens: (c) => c.storm(STORM) },
  {
    name: "a storm on a bad network",
    setup: { network: "duplicating" },
    happens: (c) => c.storm({ ...STORM, ms: 4000 }),
  },
  { name: "partitions", setup: { network: "unreliable" }, happens: (c) => partitions(c, 5000) },
];

for (const { name, setup, happens } of WEATHER) {
  scene(`reads of all kinds in ${name}`, { ...FIVE, ...setup }, (c) => busy(c, () => happens(c)));
  const leases = { drift: 0.05, options: { lease: true } };
  scene(`leases in ${name}`, { ...FIVE, ...setup, ...leases }, (c) => busy(c, () => happens(c)));
}

// Pauses look like crashes, but nothing is forgotten.
scene("leases while servers are paused", { ...FIVE, drift: 0.05, options: { lease: true } }, (c) => {
  busy(c, () => {
    const random = c.random("pauses");
    for (let i = 0; i < 8; i++) {
      const sleeper = random.chance(0.6) ? (c.lastLeadership?.server ?? 0) : random.pick(c.servers);
      c.freeze(sleeper);
      c.watch(random.between(100, 1000));
      c.thaw(sleeper);
      c.watch(random.between(100, 500));
    }
  });
});
