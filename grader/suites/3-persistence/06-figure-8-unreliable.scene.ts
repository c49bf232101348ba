import { scene } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";
import { nap, proposeTo } from "./chaos";

// MIT 6.5840, TestFigure8Unreliable: leaders lose their links, and from the middle on replies come seconds late.
scene("figure 8 unreliable", { lab: 3, servers: 5, points: 3, share: 0.3, network: "unreliable" }, (c) => {
  const random = c.random("figure 8 unreliable");
  const connected = new Set(c.servers);
  agree(c, 1);
  for (let i = 0; i < 1000; i++) {
    if (i === 200) c.network("long reordering");
    const last = proposeTo(c, c.servers);
    c.watch(nap(random));
    if (last !== undefined && connected.has(last) && random.chance(0.5)) {
      c.isolate(last);
      connected.delete(last);
    }
    const back = random.pick(c.servers);
    if (connected.size < 3 && !connected.has(back)) {
      c.rejoin(back);
      connected.add(back);
    }
  }
  c.heal();
  agree(c, 5);
});
