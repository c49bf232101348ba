import { scene } from "../kit/warmup";

scene("a ping is sent again until it is answered", { lab: 0, servers: 3, network: "unreliable" }, (c) => {
  c.cut(0, 1);
  for (const server of c.servers) c.startPings(server);
  c.pinged(0, 2);
  c.sends(0, 1, 5);
  c.expect(c.rtt(0, 1) === null, "Nobody answers across a cut", "rtt(1) is not null on server 0", 0);
  c.heal(0, 1);
  for (const server of c.servers) c.pinged(server);
  c.quiet(10_000);
});
