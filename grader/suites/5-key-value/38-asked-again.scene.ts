import { scene, type Client, type Entry, type KvCluster } from "../../../labs/kit/kv";
import { crown } from "./crown";

const ONCE =
  "A request is executed once, however often it is sent and whoever leads: the session knows its last answer (§8; thesis, §6.3)";

/** An election, and a client that finds the new leader; in virtual ms. */
const WITHIN = 10_000;

const THREE = { lab: 5, servers: 3, clients: 3 } as const;

/** An append that has been made must be answered with its one version, and must stand there once. */
function once(c: KvCluster, client: Client, append: Entry, version: number): void {
  const seen = c.answer(append, WITHIN).version;
  c.expect(
    seen === version,
    ONCE,
    `the append is answered with version ${seen}; it is change ${version} of the key`,
  );
  const { value } = client.get("x", undefined, WITHIN);
  c.expect(value === ".".repeat(version), ONCE, `${version} appends have made ${JSON.stringify(value)}`);
}

for (const when of ["before", "after"] as const) {
  scene(`the leader crashes ${when} its answer`, { ...THREE, points: 2 }, (c) => {
    const client = c.client();
    client.append("x", ".");
    for (let version = 2; version <= 6; version++) {
      const old = c.leader();
      c.crashAt({ server: old, effect: "reply", nth: 1, when });
      const append = client.start({ kind: "append", key: "x", value: "." });
      c.until(`an answer of server ${old}, the leader,`, () => !c.isUp(old));
      once(c, client, append, version);
      c.restart(old);
    }
  });
}

// The answer gets lost, and so does all but the disks.
scene("everybody crashes before the client asks again", { ...THREE, points: 2 }, (c) => {
  const client = c.client();
  client.append("x", ".");
  for (let version = 2; version <= 5; version++) {
    const old = c.leader();
    c.cutOneWay(old, client.id);
    const { commitIndex } = c;
    const append = client.start({ kind: "append", key: "x", value: "." });
    c.until("the commitment of an append", () => c.commitIndex > commitIndex);
    c.crash(...c.servers);
    c.watch(100);
    c.restart(...c.servers);
    c.connect(client);
    once(c, client, append, version);
  }
});

// The first copy is in the old leader's log, and on a follower, but its commitment comes with the second.
scene("two copies of a request in one log", { ...THREE, points: 3 }, (c) => {
  const client = c.client();
  client.append("x", ".");
  for (let version = 2; version <= 5; version++) {
    const old = c.leader();
    c.hold({ kind: "reply", method: "appendEntries", to: old });
    const before = c.held("appendEntries");
    const append = client.start({ kind: "append", key: "x", value: "." });
    c.until("replication", () => c.held("appendEntries") >= before + 2);
    c.watch(10);
    c.crash(old);
    c.release();
    once(c, client, append, version);
    c.restart(old);
    c.awaitApplied(c.commitIndex);
  }
});

// The copy of a leader that is cut off is overwritten; the other one counts.
scene("a copy that nobody will ever commit", { ...THREE, servers: 5, points: 2 }, (c) => {
  const client = c.client();
  client.append("x", ".");
  for (let version = 2; version <= 4; version++) {
    const old = c.leader();
    c.isolate(old);
    const append = client.start({ kind: "append", key: "x", value: "." });
    once(c, client, append, version);
    c.rejoin(old);
    c.leader();
    crown(c, old, client);
    const { value } = client.get("x", undefined, WITHIN);
    c.expect(
      value === ".".repeat(version),
      ONCE,
      `with server ${old} as leader again, x holds ${JSON.stringify(value)}`,
    );
  }
});

// What a session has been told travels in the snapshot, to the disk and to others.
scene("sessions are part of the snapshot", { ...THREE, maxStateBytes: 1000, points: 3 }, (c) => {
  const [client, other] = [c.client(), c.client()];
  client.append("x", ".");
  for (let version = 2; version <= 4; version++) {
    const old = c.leader();
    const [away = 0] = c.followers();
    c.isolate(away);
    for (const server of c.servers) c.cutOneWay(server, client.id);
    const { commitIndex } = c;
    const append = client.start({ kind: "append", key: "x", value: "." });
    c.until("the commitment of an append", () => c.commitIndex > commitIndex);
    for (let i = 0; i < 20; i++) other.put("y", `${i}`);
    c.rejoin(away);
    c.leader();
    crown(c, away, other);
    if (version % 2 === 0) {
      c.crash(...c.servers);
      c.restart(...c.servers);
    } else {
      c.crash(old === away ? (c.others(away)[0] ?? 0) : old);
    }
    c.connect(client);
    once(c, client, append, version);
    c.restart(...c.servers);
  }
});
