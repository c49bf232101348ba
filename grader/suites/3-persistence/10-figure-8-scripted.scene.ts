import { scene, type RaftCluster } from "../../../labs/kit/raft";

const RULE =
  "Only log entries from the leader's current term are committed by counting replicas (§5.4.2, Figure 8)";

/** How long a leader is watched that must not commit, in virtual ms. */
const LONG_ENOUGH = 1500;

/**
 * The steps (a) to (c) of the paper's Figure 8, with five servers that elect whom they like: `old`'s entry 2, of an older term, comes to
 * stand on three of five disks, under a leader that has no entry of its own term.
 */
function upToC(c: RaftCluster): { trio: number[]; rival: number; bystander: number } {
  c.commit("one", { on: 5 });
  // (a) Only one follower gets the entry.
  const old = c.leader();
  const [friend = old, ...rest] = c.others(old);
  c.partition([old, friend], rest);
  const first = c.propose(old, "old");
  c.expect(
    first?.index === 2,
    "A leader accepts a proposal (§5.3)",
    "the leader refuses the second entry",
    old,
  );
  c.until("entry 2 on the follower's disk", () => c.log(friend).entries.length === 2);
  c.crash(old, friend);
  // (b) The other three elect a leader, which accepts an entry that no other gets.
  const rival = c.leader();
  c.isolate(rival);
  c.propose(rival, "rival");
  c.watch(50);
  c.crash(rival);
  // (c) The first two are back, with one of the three; one of the two must win, and spreads entry 2.
  const [third = rival, bystander = rival] = rest.filter((id) => id !== rival);
  c.crash(bystander);
  c.heal();
  c.restart(old, friend);
  c.leader();
  const trio = [old, friend, third];
  c.until("entry 2 on three disks", () => trio.every((id) => c.log(id).entries[1]?.command === "old"));
  return { trio, rival, bystander };
}

// Figure 8 (d): an entry that three of five disks hold is overwritten after all; so nobody may have applied it.
scene("figure 8, step by step: (d) the old entry is overwritten", { lab: 3, servers: 5, points: 4 }, (c) => {
  const { trio, rival, bystander } = upToC(c);
  c.uncommitted(2, LONG_ENOUGH);
  c.crash(...trio);
  const [, , third = rival] = trio;
  c.restart(rival, bystander, third);
  c.leader();
  const index = c.commit("three", { on: 3 });
  c.expect(
    index === 3 && c.committed(2)?.command === "rival",
    RULE,
    `entry 2 is ${JSON.stringify(c.committed(2)?.command)}`,
  );
  c.restart(...trio);
  c.agree(["one", "rival", "three"]);
});

// Figure 8 (e): with an entry of the leader's own term on a majority, the old one is committed too.
scene("figure 8, step by step: (e) the old entry is committed", { lab: 3, servers: 5, points: 4 }, (c) => {
  const { trio, rival, bystander } = upToC(c);
  c.uncommitted(2, LONG_ENOUGH);
  const index = c.commit("three", { on: 3 });
  c.expect(index === 3, "A leader appends after what its log holds (§5.3)", `“three” is entry ${index}`);
  c.crash(...trio);
  const [, friend = rival] = trio;
  c.restart(rival, bystander, friend);
  c.leader();
  c.restart(...trio);
  c.commit("four", { on: 5 });
  c.agree(["one", "old", "three", "four"]);
});
