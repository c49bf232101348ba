import { scene, type KvCluster } from "../../../labs/kit/kv";
import { Caller } from "./caller";
import { boundedLogs } from "./script";

const CALLER = 3;

const BOUNDED =
  "The service keeps at most maxSessions sessions, and nothing of those that it has given up (thesis, §6.3; handout)";

const KEPT = 20;

/** A session with its last answer is less than this, and so is all that is not sessions; in bytes. */
const SESSION = 300;
const REST = 3000;

/** What may come and go with the log. */
const SLACK = 20_000;

/** So many sessions, with a write in each. */
function flood(c: KvCluster, caller: Caller, count: number): void {
  const leader = c.leader();
  for (let i = 0; i < count; i++) {
    const session = caller.open(leader);
    caller.writes(leader, session, 1, { kind: "put", key: "x", value: `${i}` });
  }
  boundedLogs(c);
}

scene(
  "sessions come and go",
  {
    lab: 5,
    servers: 3,
    clients: 2,
    puppets: [CALLER],
    maxSessions: KEPT,
    maxStateBytes: 1000,
    points: 3,
    share: 0.3,
  },
  (c) => {
    const caller = new Caller(c, CALLER);
    flood(c, caller, 150);
    const before = c.servers.map((server) => c.memory(server));
    flood(c, caller, 350);
    for (const server of c.servers) {
      const bytes = c.snapshotBytes(server);
      const most = KEPT * SESSION + REST;
      c.expect(
        bytes > 0 && bytes <= most,
        BOUNDED,
        `after 500 sessions, of which ${KEPT} are to be kept, the snapshot of server ${server} has ${bytes} bytes; ${most} are plenty`,
        server,
      );
      const [then = 0, now] = [before[server], c.memory(server)];
      c.expect(
        now <= then + SLACK,
        BOUNDED,
        `server ${server} kept ${then} bytes in memory after 150 sessions, and ${now} after 500; ${KEPT} are to be kept`,
        server,
      );
    }
    c.client().put("y", "end");
  },
);

const LET_IN =
  "A session that is in use is not given up for one that is not, and a newcomer is let in (thesis, §6.3; handout)";

// Never more than three at a time.
scene(
  "many clients with a few writes each",
  { lab: 5, servers: 3, clients: 60, maxSessions: 6, maxStateBytes: 1000, points: 2 },
  (c) => {
    for (let wave = 0; wave < 20; wave++) {
      const clients = c.clients(3);
      const entries = [1, 2, 3].flatMap((n) => {
        const open = clients.map((client) =>
          client.start({ kind: "append", key: "x", value: `(${client.id}.${n})` }),
        );
        c.settle(open);
        return open;
      });
      for (const { client, result } of entries) {
        c.expect(
          result !== "unknown",
          LET_IN,
          `client ${client} ended a write as "unknown", which means that its session expired; but only three clients wrote, and 6 sessions are to be kept`,
          client,
        );
      }
      if (wave % 5 === 4) {
        const old = c.leader();
        c.crash(old);
        c.leader();
        c.restart(old);
      }
    }
  },
);

// As many sessions as there are clients, and some more for those that are opened twice.
scene(
  "clients do not crowd each other out",
  { lab: 5, servers: 3, clients: 5, maxSessions: 20, points: 1 },
  (c) => {
    const [quiet, ...busy] = c.clients(5);
    if (quiet === undefined) return;
    quiet.put("x", "1");
    for (const server of c.servers) c.cutOneWay(server, quiet.id);
    const append = quiet.start({ kind: "append", key: "x", value: "." });
    for (let i = 0; i < 15; i++) for (const client of busy) client.append("y", `(${client.id}.${i})`);
    c.connect(quiet);
    c.settle([append]);
    c.expect(
      append.result !== "unknown",
      "A client keeps its session: the next write has the next number in it (thesis, §6.3; handout)",
      `client ${quiet.id}'s session has been given up: four others have opened so many that not even 20 are enough`,
      quiet.id,
    );
  },
);
