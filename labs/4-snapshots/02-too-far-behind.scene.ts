import { scene } from "../kit/raft";

scene(
  "a follower gets a snapshot for what the log no longer has",
  { lab: 4, servers: 3, snapshotEvery: 10 },
  (c) => {
    c.commit();
    const [away = 0] = c.followers();
    c.isolate(away);
    for (let i = 0; i < 40; i++) c.commit();
    c.rejoin(away);
    c.commit(c.fresh(), { on: 3 });
    c.agree();
    c.expect(
      c.log(away).first > 20,
      "InstallSnapshot: the leader sends its snapshot when it has discarded the next entry (§7)",
      `server ${away} has a log that begins with entry ${c.log(away).first}`,
      away,
    );
  },
);
