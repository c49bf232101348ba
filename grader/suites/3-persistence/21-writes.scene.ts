import { scene } from "../../../labs/kit/raft";

// The numbers stand in the handout.
scene("few saves for an agreement, none when idle", { lab: 3, servers: 3, points: 2 }, (c) => {
  c.commit();
  const busy = c.used(() => {
    for (let i = 0; i < 30; i++) c.commit(c.fresh(), { on: 3 });
  });
  c.budget("writes", busy.writes, 30 * 12, "for 30 agreements of three servers");
  const many = c.used(() => {
    c.commitAll(
      Array.from({ length: 20 }, () => c.fresh()),
      { on: 3 },
    );
  });
  c.budget("writes", many.writes, 20 * 12, "for 20 commands at once");
  c.watch(1000);
  const idle = c.used(() => c.watch(10_000));
  c.budget("writes", idle.writes, 0, "while a cluster is idle");

  const [follower = 0] = c.followers();
  c.crash(follower);
  c.restart(follower);
  c.commit(c.fresh(), { on: 3 });
  c.watch(1000);
  const back = c.used(() => c.watch(5000));
  c.budget("writes", back.writes, 0, "while a cluster is idle, and a server has restarted before that");
});
