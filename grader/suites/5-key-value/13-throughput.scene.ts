import { scene, type KvCluster, type Work } from "../../../labs/kit/kv";
import { Caller, type Asked } from "./caller";

const WRITES = 100;

/** Virtual ms, on average. */
const EACH = 20;

const ROUND =
  "A command completes as soon as a majority has responded to a single round of calls; nothing waits for a heartbeat (§5.3; handout: " +
  `${EACH} ms on average)`;

/** Each of so many clients puts, one value after the other. */
function loop(c: KvCluster, count: number, servers = c.servers): void {
  const clients = Array.from({ length: count }, () => c.client(...servers));
  for (const client of clients) client.put(`${client.id}`, "first");
  const finished = new Set<number>();
  const work: Work = ({ id }, n) => {
    if (n < WRITES) return { kind: "put", key: `${id}`, value: `${n}` };
    finished.add(id);
    return undefined;
  };
  const start = c.now;
  c.underLoad(clients, work, () => {
    c.until(`putting ${WRITES} times each`, () => finished.size === count, 60_000);
  });
  const each = (c.now - start) / WRITES;
  c.expect(
    each <= EACH,
    ROUND,
    `${count} client${count === 1 ? "" : "s"} put ${WRITES} times each; a put took ${each.toFixed(1)} ms on a network where a call takes 1 to 4 ms there and back`,
    c.leader(),
  );
}

scene("a put takes two round trips", { lab: 5, servers: 3, clients: 1, points: 2 }, (c) => {
  loop(c, 1);
});

scene(
  "ten clients wait no longer than one",
  { lab: 5, servers: 3, clients: 10, points: 2, share: 0.25 },
  (c) => {
    loop(c, 10);
  },
);

// A slow or dead minority need not delay anybody (§5.3).
scene("two dead servers of five delay no client", { lab: 5, servers: 5, clients: 2, points: 1 }, (c) => {
  c.client().put("x", "1");
  const [frozen = 0, away = 0] = c.followers();
  c.freeze(frozen);
  c.isolate(away);
  loop(c, 1, c.others(frozen, away));
});

// Lab 2's budget, with the service on top: what comes at one instant goes out in one call.
for (const [what, method] of [
  ["puts", "clientRequest"],
  ["gets", "clientQuery"],
] as const) {
  scene(
    `a hundred ${what} of one instant take few messages`,
    { lab: 5, servers: 3, clients: 1, puppets: [3], network: "constant", points: 1 },
    (c) => {
      const leader = c.leader();
      const caller = new Caller(c, 3);
      const sessions = Array.from({ length: method === "clientRequest" ? WRITES : 1 }, () =>
        caller.open(leader),
      );
      caller.writes(leader, sessions[0] ?? 0, 1, { kind: "put", key: "x", value: "1" });
      const { calls } = c.used(() => {
        const asked = Array.from({ length: WRITES }, (_, i) =>
          method === "clientQuery"
            ? caller.sendRead(leader, "x")
            : caller.sendWrite(leader, sessions[i] ?? 0, 2, { kind: "put", key: "x", value: `${i}` }),
        );
        const done = ({ answers }: Asked): boolean => answers().some(({ status }) => status === "ok");
        c.until(
          `answering a hundred ${what}`,
          () => asked.every(done),
          2000,
          "The leader answers its clients (§8)",
        );
      });
      const among = calls - WRITES;
      c.budget("messages", among, 42, `between three servers for a hundred ${what} of one instant`);
    },
  );
}
