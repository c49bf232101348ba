import { scene } from "../kit/raft";

// One server compacts, the others do not: whoever leads next has to find it, and may look for it inside its snapshot.
scene("a follower with a snapshot is behind a leader without one", { lab: 4, servers: 3 }, (c) => {
  for (let i = 0; i < 9; i++) c.commit(c.fresh(), { on: 3 });
  const [away = 0] = c.followers();
  c.snapshot(away);
  c.isolate(away);
  for (let i = 0; i < 12; i++) c.commit();
  c.watch(500);
  c.rejoin(away);
  c.commit(c.fresh(), { on: 3 });
  c.agree();
});
