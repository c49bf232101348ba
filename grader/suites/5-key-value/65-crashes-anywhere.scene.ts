import { scene, type KvCluster } from "../../../labs/kit/kv";

const ONCE = "A request is executed once, wherever a server crashes (§8; thesis, §6.3)";

/** An election, and a client that finds the new leader; in virtual ms. */
const WITHIN = 10_000;

const SETUP = { lab: 5, servers: 3, clients: 1, limit: 240_000, points: 1 } as const;

/** Where: what leaves Raft for the disk and for the service, and what the service asks of Raft and tells a client. */
const PLACES = ["save", "up", "down", "downDone", "reply", "call"] as const;

/** A server, mostly the leader, crashes at the n-th effect of some kind, and is back a little later. */
function crashes(c: KvCluster, when: "before" | "after"): void {
  const client = c.client();
  const random = c.random("places");
  let version = client.append("x", ".").version;
  for (const effect of PLACES) {
    for (let i = 0; i < 3; i++) {
      const leader = c.leader();
      const server = random.chance(0.7) ? leader : random.pick(c.servers);
      c.crashAt({ server, effect, nth: 1 + random.int(4), when, restartAfter: 150 });
      version += 1;
      const append = client.start({ kind: "append", key: "x", value: "." });
      const seen = c.answer(append, WITHIN).version;
      const place = `${when} a ${effect}`;
      c.expect(
        seen === version,
        ONCE,
        `with a crash ${place}: append ${version} is answered with version ${seen}`,
      );
    }
  }
  const { value } = client.ask({ kind: "get", key: "x" }, WITHIN);
  c.expect(value === ".".repeat(version), ONCE, `${version} appends have made ${JSON.stringify(value)}`);
}

for (const when of ["before", "after"] as const) {
  scene(`crashes ${when} whatever a server does`, SETUP, (c) => crashes(c, when));
  scene(`crashes ${when} whatever a server does, with snapshots`, { ...SETUP, maxStateBytes: 600 }, (c) =>
    crashes(c, when),
  );
}
