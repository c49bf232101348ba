import { scene } from "../../../labs/kit/raft";

const SHARED = 3000;
const MISSING = 10;

/** In bytes: a search by halves may send half of what is shared again (48,000), but nobody all of it (94,000). */
const BUDGET = 70_000;

// The handout's bound for catching up, where the leader is new: it has to find out first where the follower's log ends.
scene(
  "a new leader does not send again what a short log has",
  { lab: 2, servers: 3, points: 2, share: 0.3 },
  (c) => {
    const old = c.leader();
    for (let i = 0; i < SHARED / 250; i++) {
      for (let n = 0; n < 250; n++) c.propose(old);
      c.watch(20);
    }
    c.awaitApplied(SHARED, 3);
    const [short = old, other = old] = c.others(old);
    c.isolate(short);
    for (let i = 0; i < MISSING; i++) c.commit(c.fresh(), { on: 2 });
    c.crash(old);
    c.watch(10); // what it had sent is still on its way
    c.rejoin(short);
    c.until("the election of the server whose log is longer", () => c.lastLeadership?.server === other);
    const { bytes } = c.used(() => c.awaitApplied(c.commit(c.fresh(), { on: 2 }), 2), other);
    c.budget(
      "bytes",
      bytes,
      BUDGET,
      "for a follower that lacks 10 of 3,000 short entries, under a new leader",
    );
  },
);
