import { scene } from "../kit/raft";

// The majority of three is leader and follower; the follower crashes as soon as it has answered.
scene("an entry that was acknowledged is still there", { lab: 3, servers: 3 }, (c) => {
  c.commit("a");
  const leader = c.leader();
  const [follower = leader, away = leader] = c.others(leader);
  c.isolate(away);
  const { index = 0 } = c.propose(leader, "b") ?? {};
  c.until("“b” being committed", () => c.commitIndex >= index);
  c.crash(leader, follower);
  c.rejoin(away);
  c.restart(follower);
  c.commit("c");
  c.expect(
    c.committed(index)?.command === "b",
    "Leader Completeness: what is committed is in the logs of all later leaders (§5.4.3, Figure 3)",
    `entry ${index} was “b”, and is no more`,
  );
  c.restart(leader);
  c.agree();
});
