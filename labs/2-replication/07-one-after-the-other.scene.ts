import { scene } from "../kit/raft";

// A client that waits for each of its commands: at the speed of a round trip, not of the heartbeat.
scene("a hundred commands, one after the other, in two seconds", { lab: 2, servers: 3 }, (c) => {
  const leader = c.leader();
  const start = c.now;
  for (let i = 1; i <= 100; i++) {
    c.propose(leader);
    c.until(`the leader applying entry ${i}`, () => c.lastApplied(leader) >= i);
  }
  c.expect(
    c.now - start <= 2000,
    "A command commits as soon as a majority has answered one round of calls (§5.3; handout)",
    `100 commands took ${(c.now - start).toFixed(0)} ms; the handout allows 2000`,
    leader,
  );
  const end = c.now;
  c.awaitApplied(100, 3);
  c.expect(
    c.now - end <= 250,
    "Followers learn the commit index with the next heartbeat (§5.3; handout)",
    `the last entry reached all services after ${(c.now - end).toFixed(0)} ms; the handout allows 250`,
  );
});
