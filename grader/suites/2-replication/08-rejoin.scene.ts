import { scene } from "../../../labs/kit/raft";
import { accepted, agree } from "./mit";

// MIT 6.5840, TestRejoin: what a deposed leader accepted alone is overwritten.
scene("rejoin of a deposed leader", { lab: 2, servers: 3, points: 3 }, (c) => {
  agree(c, 3, 101);
  const first = c.leader();
  c.isolate(first);
  for (const command of [102, 103, 104]) accepted(c, first, command);
  agree(c, 2, 203);
  const second = c.leader();
  c.isolate(second);
  c.rejoin(first);
  agree(c, 2, 204);
  c.rejoin(second);
  agree(c, 3, 205);
});
