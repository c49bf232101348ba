import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";

// MIT 6.5840, TestConcurrentStarts: six proposals at the same instant.
scene("concurrent starts", { lab: 2, servers: 3, points: 3 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const commands = [1, 100, 101, 102, 103, 104];
  const indices = commands.map((command) => accepted(c, leader, command));
  for (const index of indices) c.awaitApplied(index, 3);
  c.expect(
    c.term() === term,
    "A leader on a good network stays (MIT 6.5840, ConcurrentStarts)",
    `the term was ${term}, and is now ${c.term()}`,
  );
  c.agree(commands);
});
