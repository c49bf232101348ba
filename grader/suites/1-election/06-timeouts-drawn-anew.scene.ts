import { scene } from "../../../labs/kit/raft";

// A server that nobody answers campaigns again and again: each wait is drawn anew (§5.2, §9.3).
scene("the election timeout is drawn anew each time, and spread", { lab: 1, servers: 3, points: 3 }, (c) => {
  c.leader();
  const [alone = 0] = c.followers();
  c.isolate(alone);
  const since = c.now;
  const waits = (): number[] =>
    c.campaigns(alone, since).flatMap(({ reset, after }) => (reset === "campaign" ? [after] : []));
  c.until("campaigning 25 times", () => waits().length >= 25, 80_000);

  const [least, most] = [Math.min(...waits()), Math.max(...waits())];
  c.expect(
    most - least >= 50,
    "Election timeouts are chosen randomly from a fixed interval, at the start of each election (§5.2)",
    `25 timeouts of server ${alone} in a row lie between ${least.toFixed(1)} and ${most.toFixed(1)} ms; ` +
      `the handout asks for a range of 100 ms or more, drawn anew each time`,
    alone,
  );
});
