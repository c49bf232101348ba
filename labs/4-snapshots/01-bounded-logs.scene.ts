import { scene } from "../kit/raft";

scene("snapshots keep the logs short", { lab: 4, servers: 3, snapshotEvery: 10 }, (c) => {
  for (let i = 0; i < 60; i++) {
    c.commit(c.fresh(), { on: 3 });
    for (const server of c.servers) {
      c.expect(
        c.logBytes(server) < 2000,
        "A snapshot replaces the log up to its last included index (§7; Figure 12)",
        `${c.logBytes(server)} bytes beside the snapshot after ${i + 1} entries; the handout allows 2000`,
        server,
      );
    }
  }
  for (const server of c.servers) {
    c.expect(c.log(server).first > 30, "Each server compacts its own log (§7)", "no snapshot", server);
  }
});
