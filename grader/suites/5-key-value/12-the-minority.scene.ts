import { scene, type Client, type Entry, type KvCluster } from "../../../labs/kit/kv";

const MAJORITY =
  "Only who talks to a majority answers: with fewer, others may lead and know more (§5.4, §8; thesis, §6.4)";
const CURRENT = "A read sees all that was acknowledged before it was called (§8)";

/** Nothing of this is answered for a second and a half. */
function remainOpen(c: KvCluster, entries: readonly Entry[]): void {
  c.watch(1500);
  for (const entry of entries) {
    const message = `client ${entry.client}'s ${entry.request.kind} of ${entry.calledAt.toFixed(0)} ms was answered without a majority`;
    c.expect(c.pending(entry), MAJORITY, message, entry.client);
  }
}

// Each of these clients reaches one server of the minority: its leader, which does not know yet, or another.
scene("a minority answers no get", { lab: 5, servers: 5, clients: 8, points: 3 }, (c) => {
  const first = c.client();
  first.put("x", "1");
  const old = c.leader();
  const [friend = old, ...rest] = c.others(old);
  c.partition([old, friend], rest);
  const [outside, ...inside] = c.clients(7);
  if (outside === undefined) return;
  c.connect(outside, ...rest);
  inside.forEach((client, i) => {
    c.connect(client, i % 2 === 0 ? old : friend);
  });
  const get = (client: Client, key: string): Entry => client.start({ kind: "get", key });
  const at = inside.slice(0, 3).map((client, i) => get(client, i === 2 ? "never written" : "x"));
  outside.put("x", "2");
  const after = inside.slice(3).map((client) => get(client, "x"));
  remainOpen(c, [...at, ...after]);
  c.heal();
  for (const client of inside) c.connect(client);
  c.settle([...at, ...after]);
  for (const entry of after) {
    const { version } = c.answer(entry);
    c.expect(version === 2, CURRENT, `it was answered with version ${version}`, entry.client);
  }
});

// Clients reach all servers, but these do not reach each other.
scene("without a majority nobody is answered", { lab: 5, servers: 5, clients: 5, points: 2 }, (c) => {
  const first = c.client();
  first.append("x", "1");
  const [a = 0, b = 0, d = 0, e = 0, alone = 0] = [c.leader(), ...c.followers()];
  c.partition([a, b], [d, e], [alone]);
  const [reader, late, writer] = [c.client(), c.client(), c.client()];
  const entries = [
    reader.start({ kind: "get", key: "x" }),
    first.start({ kind: "append", key: "x", value: "2" }),
    writer.start({ kind: "append", key: "x", value: "3" }),
  ];
  c.watch(1000);
  entries.push(late.start({ kind: "get", key: "x" }));
  remainOpen(c, entries);
  c.heal();
  for (const entry of entries) c.answer(entry);
  const { version, value = "" } = c.client().get("x");
  c.expect(
    version === 3 && ["123", "132"].includes(value),
    "What waited is executed once (§8)",
    `after one append and two that had to wait, the key holds "${value}", version ${version}`,
  );
});
