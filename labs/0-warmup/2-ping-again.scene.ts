import { scene } from "../kit/warmup";

const DONE = "Whoever has answered is not pinged again (handout, exercise 1)";
const NULL = "rtt is null before the first answer (handout, exercise 1)";

scene("a ping is sent again until it is answered", { lab: 0, servers: 3, network: "unreliable" }, (c) => {
  c.cut(0, 1);
  for (const server of c.servers) c.startPings(server);
  c.pinged(0, 2);
  const enough = c.sends(0, 2, 1).length;
  c.sends(0, 1, 20); // in vain
  c.expect(c.sends(0, 2, 1).length === enough, DONE, "server 2 has answered, and server 0 still pings it", 0);
  c.expect(c.rtt(0, 1) === null, NULL, "no ping of server 0 has reached server 1, but rtt(1) is not null", 0);
  c.heal(0, 1);
  for (const server of c.servers) c.pinged(server);
  c.quiet(10_000);
});
