import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";
import { accepted, after, agree, agreeOnce } from "./mit";

// MIT 6.5840, TestFailNoAgree: no agreement while three of five are away.
scene("fail no agree", { lab: 2, servers: 5, points: 3 }, (c) => {
  agreeOnce(c, 5, 10);
  const leader = c.leader();
  const away = [1, 2, 3].map((steps) => after(c, leader, steps));
  c.isolate(...away);
  accepted(c, leader, 20, 2);
  c.uncommitted(2, 2 * ELECTION_TIMEOUT);
  c.rejoin(...away);
  accepted(c, c.leader(), 30, 2, 3);
  agree(c, 5, 1000);
});
