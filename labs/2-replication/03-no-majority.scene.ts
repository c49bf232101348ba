import { scene } from "../kit/raft";

scene("no agreement without a majority", { lab: 2, servers: 5 }, (c) => {
  c.commit("a");
  const leader = c.leader();
  const [friend = leader, ...majority] = c.others(leader);
  c.isolate(...majority);
  const lonely = c.propose(leader, "two of five");
  c.expect(
    lonely?.index === 2,
    "A leader appends what a client sends to its log (§5.3; Figure 2, leaders)",
    "the leader must not know that it is alone",
  );
  c.uncommitted(2, 2000);
  c.expect(c.lastApplied(friend) === 1, "Only committed entries are applied (§5.3)", "more than “a”", friend);
  c.rejoin(...majority);
  c.commit("b", { on: 5 });
  c.agree();
});
