import { scene } from "../kit/warmup";

const RULE =
  "A ping is sent again after 200 to 400 ms, drawn anew each time " +
  "from a range at least 100 ms wide (handout, exercise 1)";

scene("the wait between two pings is drawn anew each time", { lab: 0, servers: 3, puppets: [2] }, (c) => {
  c.startPings(0);
  c.startPings(1);
  const [waits, others] = [c.waits(0, 2, 24), c.waits(1, 2, 24)]; // server 2 never answers
  for (const wait of waits) {
    c.expect(wait >= 200 && wait <= 400, RULE, `server 0 pinged server 2 again after ${wait} ms`, 0);
  }
  const [least, most] = [Math.min(...waits), Math.max(...waits)];
  const range = `24 times server 0 pinged server 2 again after ${least} to ${most} ms`;
  c.expect(most - least > 20, RULE, range, 0);
  const inStep = waits.every((wait, i) => wait === others[i]);
  c.expect(!inStep, RULE, "servers 0 and 1 waited equally long 24 times: draw from ctx.random()", 1);
});
