import { scene } from "../kit/warmup";

const RULE =
  "A round trip is that of the first answer, measured from the ping it answers (handout, exercise 1)";

scene("a late answer is measured from the ping it answers", { lab: 0, servers: 2, puppets: [1] }, (c) => {
  c.startPings(0);
  const [first = 0] = c.sends(0, 1, 2);
  c.pong(1, 1); // the second ping has been sent; now comes the answer to the first
  c.pinged(0, 1);
  const took = c.now - first;
  const check = (when: string): void => {
    const rtt = c.rtt(0, 1) ?? -1;
    const message = `the first answer took ${took.toFixed(3)} ms; ${when}, rtt(1) is ${rtt.toFixed(3)}`;
    c.expect(Math.abs(rtt - took) < 0.01, RULE, message, 0);
  };
  check("when it is there");
  c.pong(1, 2); // one answer more than needed
  c.quiet(1000);
  check("after a second answer");
});
