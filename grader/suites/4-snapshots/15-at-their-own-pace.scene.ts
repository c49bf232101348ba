import { scene } from "../../../labs/kit/raft";

// Who leads may have discarded what a follower still has, and the other way round.
scene("five servers compact, each when it likes", { lab: 4, servers: 5, points: 2 }, (c) => {
  const random = c.random("who");
  for (let round = 0; round < 6; round++) {
    c.leader();
    const away = random.pick(c.servers);
    if (random.chance(0.5)) c.crash(away);
    else c.isolate(away);
    for (let i = 4 + random.int(8); i > 0; i--) {
      c.commit(c.fresh(), { on: 3 });
      if (random.chance(0.4)) c.snapshot(random.pick(c.servers.filter((id) => c.isUp(id))));
    }
    const leader = c.leader();
    c.snapshot(leader);
    c.restart(away);
    c.rejoin(away);
    if (random.chance(0.5)) c.crash(leader);
    c.commit(c.fresh(), { on: 4 });
    c.restart(...c.servers);
  }
  c.commit(c.fresh(), { on: 5 });
  c.agree();
});

// What nobody else has is in the way of the snapshot: it is shorter here, and longer there.
scene(
  "a deposed leader gets a snapshot for its own entries",
  { lab: 4, servers: 5, snapshotEvery: 5, points: 2 },
  (c) => {
    for (const mine of [3, 60]) {
      c.commit(c.fresh(), { on: 5 });
      const old = c.leader();
      c.isolate(old);
      for (let i = 0; i < mine; i++) c.propose(old, `lost ${mine}.${i}`);
      for (let i = 0; i < 22; i++) c.commit(c.fresh(), { on: 4 });
      c.rejoin(old);
      c.commit(c.fresh(), { on: 5 });
      c.agree();
      const { first, entries } = c.log(old);
      c.expect(
        first > c.commitIndex - 15 && entries.length < 16,
        "Without an entry that fits: discard the entire log (Figure 13, receiver 7)",
        `server ${old} had ${mine} entries that nobody has; now it has ${entries.length} behind entry ${first - 1}`,
        old,
      );
    }
  },
);

// Whoever comes back is sent a snapshot; and while it is away again, the next ones are taken.
scene(
  "in and out of reach, snapshot after snapshot",
  { lab: 4, servers: 3, snapshotEvery: 3, points: 2 },
  (c) => {
    c.commit(c.fresh(), { on: 3 });
    const [away = 0] = c.followers();
    for (let round = 0; round < 12; round++) {
      c.crash(away);
      for (let i = 0; i < 8; i++) c.commit(c.fresh(), { on: 2 });
      c.restart(away);
      c.watch(40 * (round % 4));
    }
    c.commit(c.fresh(), { on: 3 });
    c.agree();
  },
);
