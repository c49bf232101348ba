import { everySave, type RaftCluster } from "../../../labs/kit/raft";

// Elections, replication, a conflict and catching up: each save of it is a place to crash at.
function story(c: RaftCluster): void {
  for (const command of ["a", "b"]) c.commit(command, { on: 2 });
  const leader = c.leader();
  c.isolate(leader);
  c.propose(leader, "lost 1");
  c.propose(leader, "lost 2");
  c.commit("c", { on: 2 });
  c.rejoin(leader);
  const next = c.leader();
  c.crash(next);
  c.commit("d", { on: 2 });
  c.restart(next);
  c.commit("e");
  c.restart(...c.servers);
  c.commit("f", { on: 3 });
  c.agree();
  const seen = Array.from({ length: c.commitIndex }, (_, i) => c.committed(i + 1)?.command);
  for (const command of ["a", "b", "c", "d", "e", "f"]) {
    c.expect(
      seen.includes(command),
      "What is committed is not lost in a crash (§5.4.3; Figure 2, persistent state)",
      `“${command}” was committed, and is no more: ${JSON.stringify(seen)}`,
    );
  }
}

for (const when of ["before", "after"] as const) {
  everySave(
    `a crash ${when} every save of a run`,
    { lab: 3, servers: 3, points: 4, share: 0.5, when },
    story,
  );
}
