import { scene } from "../kit/raft";

scene("all servers restart from their snapshots, twice", { lab: 4, servers: 3, snapshotEvery: 10 }, (c) => {
  for (let i = 1; i < 25; i++) c.commit();
  for (let round = 0; round < 2; round++) {
    c.crash(...c.servers);
    c.restart(...c.servers);
    const index = c.commit(c.fresh(), { on: 3 });
    c.expect(
      index === 25 + round,
      "A snapshot stands for the entries that it replaced; indices go on (§7; Figure 13)",
      `24 entries were committed at first; after restart ${round + 1}, the next is entry ${index}`,
    );
  }
});
