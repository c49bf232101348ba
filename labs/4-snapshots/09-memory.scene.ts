import { scene } from "../kit/raft";

scene("what a snapshot replaced leaves the memory too", { lab: 4, servers: 3, snapshotEvery: 10 }, (c) => {
  for (let i = 0; i < 150; i++) c.commit(`${i}`.padEnd(2000, "x"), { on: 3 });
  for (const server of c.servers) {
    const bytes = c.memory(server);
    c.expect(
      bytes < 180_000,
      "Log compaction frees what the snapshot replaced (§7)",
      `server ${server} keeps ${bytes} bytes in its fields, after 150 commands of 2,000 and fifteen snapshots`,
      server,
    );
  }
});
