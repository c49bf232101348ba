import { ELECTION_TIMEOUT, scene } from "../../../labs/kit/raft";
import { after, agree, agreeOnce } from "./mit";

// MIT 6.5840, TestFailAgree: a follower that was away catches up.
scene("fail agree", { lab: 2, servers: 3, points: 3 }, (c) => {
  agreeOnce(c, 3, 101);
  const away = after(c, c.leader(), 1);
  c.isolate(away);
  agreeOnce(c, 2, 102);
  agreeOnce(c, 2, 103);
  c.watch(ELECTION_TIMEOUT);
  agreeOnce(c, 2, 104);
  agreeOnce(c, 2, 105);
  c.rejoin(away);
  agree(c, 3, 106);
  c.watch(ELECTION_TIMEOUT);
  agree(c, 3, 107);
});
