import { scene } from "../kit/raft";

// A state of 20,000 bytes, and a follower that does not answer.
scene(
  "a snapshot is not sent over and over",
  { lab: 4, servers: 3, snapshotEvery: 10, snapshotPadding: 20_000 },
  (c) => {
    c.commit();
    const [away = 0] = c.followers();
    c.isolate(away);
    for (let i = 0; i < 40; i++) c.commit();
    const { bytes } = c.used(() => {
      for (let i = 0; i < 100; i++) c.commit(c.fresh(), { on: 1 });
      c.watch(1000);
    });
    c.expect(c.log(c.leader()).first > 100, "Each server compacts its own log (§7)", "the leader does not");
    c.budget("bytes", bytes, 1_000_000, "while a follower is away that needs a snapshot");
    c.rejoin(away);
    c.commit(c.fresh(), { on: 3 });
    c.agree();
  },
);
