import { scene } from "../kit/raft";

scene("snapshots keep the logs short", { lab: 4, servers: 3, snapshotEvery: 10 }, (c) => {
  for (let i = 1; i <= 60; i++) {
    c.commit(`the ${i}th command of this story`, { on: 3 });
    for (const server of c.servers) {
      const bytes = c.logBytes(server);
      c.expect(
        bytes < 2000,
        "A snapshot replaces the log up to its last included index (§7; Figure 12)",
        `after ${i} entries server ${server} keeps ${bytes} bytes beside its snapshot; the handout allows 2000`,
        server,
      );
    }
  }
  for (const server of c.servers) {
    const { first } = c.log(server);
    c.expect(first > 30, "Each server compacts its own log (§7)", `the log begins with ${first}`, server);
  }
});
