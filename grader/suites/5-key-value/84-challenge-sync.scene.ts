import { scene, type KvCluster } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";

const CALLER = 3;

const CHALLENGE = { lab: 5, challenge: true, servers: 3, clients: 2, puppets: [CALLER] } as const;

const FRESH =
  "A sync brings the server that is asked up to all that was acknowledged before the call, and says how far that is (contract; ZooKeeper, §2.3)";

interface Synced {
  readonly status: string;
  readonly index?: number;
}

/** A sync that is on its way. @returns what was answered as done, as soon as there is such an answer */
function sync(c: KvCluster, server: number): () => Synced | undefined {
  const puppet = c.puppet(CALLER);
  const sent = puppet.send(server, "sync", {});
  return () => (puppet.replies(sent) as unknown as readonly Synced[]).find(({ status }) => status === "ok");
}

scene("a deposed leader has nothing to sync with", { ...CHALLENGE, points: 2 }, (c) => {
  const writer = c.client();
  for (let round = 1; round <= 3; round++) {
    writer.put("x", `old ${round}`);
    const old = c.leader();
    c.isolate(old);
    writer.put("x", `new ${round}`, 10_000);
    const synced = sync(c, old);
    c.watch(600);
    const message = `server ${old} was deposed, is cut off, and answers ${shown(synced())} to a sync; a newer write had been acknowledged`;
    c.expect(synced() === undefined, FRESH, message, old);
    c.rejoin(old);
    c.leader();
  }
});

scene("a sync waits until the server has applied its index", { ...CHALLENGE, points: 2 }, (c) => {
  const writer = c.client();
  for (let round = 1; round <= 4; round++) {
    c.leader();
    const [follower = 0] = c.followers();
    for (const method of ["appendEntries", "installSnapshot"])
      c.hold({ kind: "request", method, to: follower });
    writer.put("x", `${round}`);
    const { commitIndex } = c;
    const synced = sync(c, follower);
    c.watch(60);
    const applied = c.lastApplied(follower);
    const early = `server ${follower} answers ${shown(synced())} to a sync; ${commitIndex} entries were committed, and it has applied ${applied}`;
    c.expect(synced() === undefined, FRESH, early, follower);
    c.release();
    c.awaitApplied(commitIndex);
    c.watch(200);
    c.leader();
  }
});

// What a sync has shown is seen at any other server, too.
scene("a client remembers its sync", { ...CHALLENGE, clients: 8, puppets: [], points: 2 }, (c) => {
  const writer = c.client();
  for (let round = 1; round <= 4; round++) {
    const [ahead = 0, behind = 0] = c.followers();
    c.awaitApplied(c.commitIndex);
    c.isolate(behind);
    const { version } = writer.put("x", `${round}`);
    const mover = c.client(ahead, behind);
    const first = mover.start({ kind: "sync" });
    c.ended(first);
    c.crash(ahead);
    const read = mover.start({ kind: "get", key: "x", read: "session" });
    c.watch(1500);
    const message = `version ${version} was acknowledged before a sync; now server ${behind}, which is behind, answers a get`;
    c.expect(c.pending(read), FRESH, message, behind);
    c.restart(ahead);
    c.rejoin(behind);
    const seen = c.answer(read, 10_000).version;
    c.expect(
      seen === version,
      FRESH,
      `version ${version} was acknowledged before a sync, and then version ${seen} read`,
    );
    c.leader();
  }
});
