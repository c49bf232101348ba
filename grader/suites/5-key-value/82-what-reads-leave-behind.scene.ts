import { scene, type KvCluster, type ReadMode } from "../../../labs/kit/kv";
import { Caller, type Asked } from "./caller";

const CALLER = 3;

const FORGOTTEN =
  "A read that was answered leaves nothing behind: no list grows for ever (handout, raft.readIndex)";

/** Log reads leave entries, as writes do. */
const MODES: readonly ReadMode[] = ["readIndex", "lease", "follower"];

/** Reads of a mode at one instant. */
const AT_ONCE = 50;

/** Floods that are played before memory is weighed, and between the two times. */
const FLOODS = { first: 2, then: 8 } as const;

/** So much may come and go; in bytes. A list would have a few dozen bytes for each read. */
const SLACK = 6000;

/** Reads in every mode, at everybody. */
function flood(c: KvCluster, caller: Caller): void {
  const asked: Asked[] = [];
  const leader = c.leader();
  for (const mode of MODES) for (let i = 0; i < AT_ONCE; i++) asked.push(caller.sendRead(leader, "x", mode));
  for (const server of c.others(leader)) {
    for (let i = 0; i < AT_ONCE; i++) asked.push(caller.sendRead(server, "x", "follower"));
  }
  c.until(
    "an answer to each of many gets",
    () => asked.every(({ answers }) => answers().length > 0),
    2000,
    "Servers answer their clients (§8)",
  );
}

scene(
  "reads leave nothing behind",
  {
    lab: 5,
    servers: 3,
    clients: 2,
    puppets: [CALLER],
    drift: 0.05,
    options: { lease: true },
    share: 0.2,
    points: 2,
  },
  (c) => {
    const caller = new Caller(c, CALLER);
    c.client().put("x", "1");
    for (let i = 0; i < FLOODS.first; i++) flood(c, caller);
    const before = c.servers.map((server) => c.memory(server));
    for (let i = 0; i < FLOODS.then; i++) flood(c, caller);
    const reads = FLOODS.then * AT_ONCE * (MODES.length + 2);
    for (const server of c.servers) {
      const [then = 0, now] = [before[server], c.memory(server)];
      const message = `server ${server} kept ${then} bytes in memory, and ${now} after ${reads} more reads in the cluster, all of them answered`;
      c.expect(now <= then + SLACK, FORGOTTEN, message, server);
    }
  },
);
