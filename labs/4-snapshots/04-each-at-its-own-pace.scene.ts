import { scene } from "../kit/raft";

scene("each server compacts at its own pace", { lab: 4, servers: 3 }, (c) => {
  const [one = 0, other = 0] = c.followers();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 10; i++) c.commit(c.fresh(), { on: 3 });
    c.snapshot(one);
  }
  c.commit(c.fresh(), { on: 3 });
  c.expect(c.log(one).first > 10, "Log compaction (§7; Figure 12)", "entries 1 to 10 are still there", one);
  c.expect(c.log(other).first === 1, "Each server compacts its own log (§7)", "nobody asked for it", other);
  c.crash(c.leader());
  c.commit(c.fresh(), { on: 2 });
  c.restart(...c.servers);
  c.commit(c.fresh(), { on: 3 });
  c.agree();
});
