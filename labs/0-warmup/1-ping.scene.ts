import { scene } from "../kit/warmup";

scene("a ping is answered", { lab: 0, servers: 2 }, (c) => {
  c.answered(c.ping(1, 7), { n: 7, server: 1 });
  c.startPings(0);
  c.pinged(0, 1);
});
