import { partitions, scene, type Client, type KvCluster, type Work } from "../../../labs/kit/kv";

const GO_ON = "Clients make progress while a majority can talk (§8)";

const SETUP = {
  lab: 5,
  challenge: true,
  servers: 5,
  clients: 5,
  network: "regional",
  maxStateBytes: 2000,
  share: 0.3,
  points: 3,
} as const;

/** Session reads, writes and now and then a sync or a read that is linearizable; in the end all that was answered is judged. */
function work(c: KvCluster): Work {
  const random = c.random("work");
  const mixed = c.mixed(["a", "b"], "session", "session", "session", "follower", "readIndex");
  return (client: Client, n) => (random.chance(0.1) ? { kind: "sync" } : mixed(client, n));
}

function busy(c: KvCluster, happens: () => void): void {
  const clients = c.clients(5);
  clients[0]?.put("a", "first");
  const answered = c.underLoad(clients, work(c), () => {
    c.watch(500);
    happens();
    c.watch(500);
  });
  c.expect(answered >= 10, GO_ON, `${answered} operations were answered`);
}

scene("session reads in a storm", SETUP, (c) => {
  busy(c, () => c.storm({ ms: 5000, crash: 0.15, isolate: 0.15, oneWay: 0.1 }));
});

scene("session reads in partitions", { ...SETUP, network: "unreliable" }, (c) => {
  busy(c, () => partitions(c, 5000));
});

scene("session reads on a bad network", { ...SETUP, network: "duplicating" }, (c) => {
  busy(c, () => c.watch(3000));
});
