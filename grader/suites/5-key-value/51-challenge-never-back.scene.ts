import { scene, type Client, type KvAnswer, type KvCluster } from "../../../labs/kit/kv";

const BACK = "A client's reads never go back, whatever server answers them (ZooKeeper, §2.3)";
const OWN = "A client sees its own writes, whatever server it reads from (ZooKeeper, §2.3)";

const CHALLENGE = { lab: 5, challenge: true, servers: 3 } as const;

/** What is sent to a server of the log does not arrive there, until the holds are released. */
function delay(c: KvCluster, server: number): void {
  for (const method of ["appendEntries", "installSnapshot"]) c.hold({ kind: "request", method, to: server });
}

/** A session read that may take as long as the server that is asked needs to catch up. */
function reads(c: KvCluster, client: Client, least: number, rule: string): KvAnswer {
  const seen = client.get("x", "session");
  c.expect(
    seen.version >= least,
    rule,
    `client ${client.id} has seen version ${least}, and reads version ${seen.version}`,
    client.id,
  );
  return seen;
}

scene("own writes are seen at a server that is behind", { ...CHALLENGE, clients: 3, points: 3 }, (c) => {
  const client = c.client();
  client.put("x", "0");
  for (let round = 1; round <= 5; round++) {
    for (const server of c.followers()) {
      delay(c, server);
      // A majority is needed to write; so one of the others hears at once.
      const write = client.start({ kind: "put", key: "x", value: `${round} ${server}` });
      const { version } = c.answer(write);
      const read = client.start({ kind: "get", key: "x", read: "session" });
      c.watch(60);
      c.release();
      const seen = c.answer(read);
      c.expect(
        seen.version >= version,
        OWN,
        `client ${client.id} wrote version ${version}, and reads ${seen.version}`,
        client.id,
      );
      c.watch(150);
      c.leader();
    }
  }
});

// Two servers: one has heard of a write, the other has not.
scene("reads do not go back from server to server", { ...CHALLENGE, clients: 9, points: 3 }, (c) => {
  const writer = c.client();
  writer.put("x", "0");
  for (let round = 1; round <= 4; round++) {
    const [behind = 0, ahead = 0] = c.followers();
    c.awaitApplied(c.commitIndex);
    const mover = c.client(ahead, behind);
    reads(c, mover, 0, BACK);
    c.isolate(behind);
    const { version } = writer.put("x", `${round}`);
    c.awaitApplied(c.commitIndex, 2);
    // Whichever it asks first: the one behind may still answer with what was.
    let seen = reads(c, mover, 0, BACK).version;
    c.crash(ahead);
    if (seen === version) {
      const read = mover.start({ kind: "get", key: "x", read: "session" });
      c.watch(700);
      c.expect(
        c.pending(read),
        BACK,
        `version ${version} was read, and server ${behind}, which is behind, answers all the same`,
        behind,
      );
      c.rejoin(behind);
      seen = c.answer(read).version;
      c.expect(seen >= version, BACK, `version ${version} was read, and then version ${seen}`);
    }
    c.rejoin(behind);
    c.restart(ahead);
    c.leader();
  }
});

// What is committed is applied anew after a restart; meanwhile the server knows less than it said.
scene(
  "a server that was restarted does not go back",
  { ...CHALLENGE, clients: 6, maxStateBytes: 1000, points: 3 },
  (c) => {
    const writer = c.client();
    for (let i = 0; i < 25; i++) writer.put("x", `${i}`);
    for (let round = 1; round <= 4; round++) {
      const [server = 0] = c.followers();
      const reader = c.client(server);
      const { version } = writer.put("x", `round ${round}`);
      c.awaitApplied(c.commitIndex);
      reads(c, reader, version, BACK);
      c.crash(server);
      c.restart(server);
      reads(c, reader, version, BACK);
      writer.append("x", ".");
    }
  },
);

scene("after a sync, all that was acknowledged is seen", { ...CHALLENGE, clients: 5, points: 3 }, (c) => {
  const writer = c.client();
  writer.put("x", "0");
  const readers = c.followers().map((id) => c.client(id));
  for (let round = 1; round <= 6; round++) {
    const late = c.followers()[round % 2] ?? 0;
    delay(c, late);
    const { version } = writer.put("x", `${round}`);
    const syncs = readers.map((reader) => reader.start({ kind: "sync" }));
    c.watch(40);
    c.release();
    for (const [i, reader] of readers.entries()) {
      const sync = syncs[i];
      if (sync !== undefined) c.ended(sync);
      const seen = reads(c, reader, 0, BACK).version;
      c.expect(
        seen >= version,
        "After a sync a client reads all that was acknowledged before it (ZooKeeper, §2.3)",
        `version ${version} was acknowledged, then client ${reader.id} asked for a sync, and then it reads version ${seen}`,
        reader.id,
      );
    }
    c.watch(150);
    c.leader();
  }
});
