import { scene } from "../kit/raft";

// Both sides have hundreds of entries that the other does not have.
scene("a follower hundreds of entries away is found in few calls", { lab: 2, servers: 3 }, (c) => {
  c.commit("common");
  const old = c.leader();
  c.isolate(old);
  for (let i = 0; i < 300; i++) c.propose(old, `lost ${i}`);
  c.commitAll(Array.from({ length: 300 }, (_, i) => `kept ${i}`));
  c.watch(500);
  c.rejoin(old);
  const { calls } = c.used(() => c.commit("last", { on: 3 }));
  c.budget("messages", calls, 60, "until a follower with 300 wrong entries has 300 right ones");
  c.agree();
});
