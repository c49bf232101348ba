import { scene } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";
import { nap, proposeTo } from "./chaos";

// MIT 6.5840, TestFigure8: whoever accepted last crashes, a thousand times; three of five stay up.
scene("figure 8", { lab: 3, servers: 5, points: 3 }, (c) => {
  const random = c.random("figure 8");
  agree(c, 1);
  for (let i = 0; i < 1000; i++) {
    const last = proposeTo(c, c.running());
    c.watch(nap(random));
    if (last !== undefined) c.crash(last);
    if (c.running().length < 3) c.restart(random.pick(c.servers));
  }
  c.restart(...c.servers);
  agree(c, 5);
});
