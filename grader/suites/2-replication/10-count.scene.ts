import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";

const COMMANDS = 12;

// MIT 6.5840, TestCount: not too many calls to elect, to agree, or when idle.
scene("count", { lab: 2, servers: 3, points: 3 }, (c) => {
  const election = c.used(() => void c.leader());
  c.budget("messages", election.calls, 30, "until the first leader of three servers");

  const leader = c.leader();
  const first = accepted(c, leader, c.fresh(), 1);
  const agreement = c.used(() => {
    for (let i = 1; i < COMMANDS; i++) accepted(c, leader, c.fresh(), first + i);
    c.awaitApplied(first + COMMANDS - 1, 3);
  });
  c.budget("messages", agreement.calls, 42, "for twelve proposals of one instant on three servers");

  const idle = c.used(() => c.watch(1000));
  c.budget("messages", idle.calls, 60, "in an idle second of three servers");
});
