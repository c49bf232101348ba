import { scene } from "../../../labs/kit/raft";

// MIT 6.5840, TestCount: at most 30 calls for the first election, at most 60 in an idle second of three servers.
scene("idle traffic stays within the budget", { lab: 1, servers: 3, points: 3 }, (c) => {
  const election = c.used(() => c.leader());
  c.budget("messages", election.calls, 30, "until the first leader of three servers");
  for (let second = 0; second < 10; second++) {
    const idle = c.used(() => c.watch(1000));
    c.budget("messages", idle.calls, 60, "in an idle second of three servers");
  }
  c.leader();
});
