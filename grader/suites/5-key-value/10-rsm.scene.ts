import { scene, type Client, type KvCluster } from "../../../labs/kit/kv";
import { boundedLogs, caughtUp, consistsOf, MAX_STATE_BYTES, reads, restartAll } from "./script";

// MIT 6.5840 (2025), the tests of Lab 4A: its counter is a key here that clients append to.

const RULE = "Each command is executed once, on every server, in the same order (§2; MIT 6.5840, Lab 4A)";

/** How many clients submit at once where MIT has a burst. */
const BURST = 100;

/** Everything that was submitted ends within this (MIT: 11 s), in virtual ms. */
const ENDS = 11_000;

/** Appends a letter and demands that it is the n-th change. */
function increments(c: KvCluster, client: Client, n: number): void {
  const { version } = client.append("n", "+");
  c.expect(version === n, RULE, `the ${n}-th append made version ${version}`, client.id);
}

/** All of a burst's clients append once; `body` happens meanwhile. */
function burst(c: KvCluster, key: string, body: () => void): void {
  const clients = c.clients(BURST);
  const entries = clients.map(({ id }) => c.start(id, { kind: "append", key, value: `(${id})` }));
  body();
  c.settle(entries, ENDS);
  const reader = c.client();
  const tokens = clients.map(({ id }) => [`(${id})`]);
  consistsOf(c, reader.get(key).value ?? "", tokens);
}

scene("RSM basic", { lab: 5, servers: 3, clients: 1, points: 1 }, (c) => {
  const client = c.client();
  for (let n = 1; n <= 10; n++) {
    increments(c, client, n);
    caughtUp(c);
  }
  reads(c, client, "n", "+".repeat(10));
});

scene("RSM concurrent", { lab: 5, servers: 3, clients: 51, points: 1 }, (c) => {
  const clients = c.clients(50);
  const entries = clients.map((client) => client.start({ kind: "append", key: "n", value: "+" }));
  c.settle(entries);
  caughtUp(c);
  reads(c, c.client(), "n", "+".repeat(50));
});

scene("RSM leader failure", { lab: 5, servers: 3, clients: 1, points: 1 }, (c) => {
  const client = c.client();
  increments(c, client, 1);
  const leader = c.leader();
  c.isolate(leader);
  increments(c, client, 2);
  caughtUp(c, 2);
  c.rejoin(leader);
  caughtUp(c);
  increments(c, client, 3);
  reads(c, client, "n", "+++");
});

scene("RSM restart and replay", { lab: 5, servers: 3, clients: 2, points: 2 }, (c) => {
  const client = c.client();
  for (let n = 1; n <= 100; n++) increments(c, client, n);
  restartAll(c);
  increments(c, c.client(), 101);
  c.watch(1000);
  caughtUp(c);
  reads(c, client, "n", "+".repeat(101));
});

scene("RSM shutdown", { lab: 5, servers: 3, clients: 2 + BURST, points: 2 }, (c) => {
  c.client().get("n");
  burst(c, "n", () => {
    c.watch(20);
    restartAll(c);
  });
});

// What waited for an answer before the restart has nothing to do with what gets the same index after it.
scene("RSM restart and submit", { lab: 5, servers: 3, clients: 4 + BURST, points: 2 }, (c) => {
  const client = c.client();
  for (let n = 1; n <= 100; n++) increments(c, client, n);
  restartAll(c);
  increments(c, client, 101);
  burst(c, "burst", () => {
    c.watch(20);
    restartAll(c);
  });
  increments(c, client, 102);
  increments(c, c.client(), 103);
  caughtUp(c);
});

scene("RSM snapshot", { lab: 5, servers: 3, clients: 2, points: 2, maxStateBytes: MAX_STATE_BYTES }, (c) => {
  const client = c.client();
  for (let n = 1; n <= 100; n++) increments(c, client, n);
  caughtUp(c);
  boundedLogs(c);
  restartAll(c);
  increments(c, client, 101);
  caughtUp(c);
  reads(c, c.client(), "n", "+".repeat(101));
  boundedLogs(c);
});
