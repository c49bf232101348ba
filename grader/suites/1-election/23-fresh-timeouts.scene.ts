import { scene, type RaftCluster, type ResetReason } from "../../../labs/kit/raft";
import { encourage, follows, termOf, wins } from "./script";

const THREE = { lab: 1, servers: 3, puppets: [1, 2] } as const;

/** The timeouts that began with such a reset are spread; 18 draws from 100 ms lie within 40 ms once in two million times. */
function spread(c: RaftCluster, reset: ResetReason, since: number): void {
  const waits = c.campaigns(undefined, since).flatMap((one) => (one.reset === reset ? [one.after] : []));
  const [least, most] = [Math.min(...waits), Math.max(...waits)];
  c.expect(
    waits.length >= 18 && most - least >= 40,
    "Election timeouts are chosen randomly from a fixed interval (§5.2), each time the timer starts (handout)",
    `${waits.length} timeouts that began with a ${reset} lie between ${least.toFixed(1)} and ${most.toFixed(1)} ms`,
  );
}

scene("the timeout after a restart is drawn anew", { lab: 1, servers: 3, points: 2 }, (c) => {
  c.isolate(...c.servers);
  for (let round = 0; round < 7; round++) {
    c.crash(...c.servers);
    c.restart(...c.servers);
    c.watch(2200);
  }
  spread(c, "boot", 0);
});

for (const reset of ["heartbeat", "vote"] as const) {
  scene(`the timeout after a ${reset} is drawn anew`, { ...THREE, points: 2 }, (c) => {
    c.until("a first campaign", () => c.campaigns(0).length > 0);
    const start = c.now;
    for (let round = 0; round < 20; round++) {
      const term = (c.status(0)?.term ?? 0) + 2; // it may be about to campaign in the next one itself
      if (reset === "heartbeat") follows(c, 1, term);
      else wins(c, 1, term);
      const since = c.now;
      c.until("the next campaign", () => c.campaigns(0, since).length > 0, 2500);
    }
    spread(c, reset, start);
  });
}

scene("refused requests of the own term do not keep a follower quiet", { ...THREE, points: 2 }, (c) => {
  wins(c, 1, 7);
  const since = c.now;
  for (let i = 0; i < 60 && c.campaigns(0, since).length === 0; i++) {
    c.puppet(2).send(0, "requestVote", { term: 7, candidateId: 2, lastLogIndex: 0, lastLogTerm: 0 });
    c.watch(50);
  }
  c.expect(
    c.campaigns(0, since).length > 0,
    "Only the current leader's heartbeats and a granted vote reset the timeout (Figure 2, followers)",
    "server 0 did not campaign for three seconds, in which it heard nothing but requests that it had to refuse",
    0,
  );
});

scene("a refused candidate waits for its timeout", { ...THREE, points: 2 }, (c) => {
  encourage(c, [1, 2]);
  for (const id of [1, 2]) {
    c.puppet(id).answer("requestVote", (request) => ({ term: termOf(request), voteGranted: false }));
  }
  const firstAsked = (): number[] => {
    const times = new Map<number, number>();
    for (const { at, message } of c.puppet(1).requests("requestVote")) {
      const term = termOf(message.request);
      if (!times.has(term)) times.set(term, at);
    }
    return [...times.values()];
  };
  c.until("eight campaigns", () => firstAsked().length >= 8, 30_000);
  const times = firstAsked();
  const least = Math.min(...times.slice(1).map((time, i) => time - (times[i] ?? 0)));
  c.expect(
    least >= 150,
    "A candidate times out and starts a new election, no sooner (§5.2)",
    `server 0 began two campaigns within ${least.toFixed(1)} ms`,
    0,
  );
});
