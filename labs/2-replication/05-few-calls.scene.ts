import { scene } from "../kit/raft";

scene("twelve proposals of one instant take few calls", { lab: 2, servers: 3 }, (c) => {
  const leader = c.leader();
  const { calls } = c.used(() => {
    for (let i = 0; i < 12; i++) c.propose(leader);
    c.awaitApplied(12);
  });
  c.budget("messages", calls, 42, "for twelve proposals of one instant on three servers");
});
