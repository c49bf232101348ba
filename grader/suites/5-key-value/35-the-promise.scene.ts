import { scene, type KvCluster } from "../../../labs/kit/kv";

const PROMISE =
  "With leases, a server that has heard its leader, or has booted, votes for nobody for the minimum election timeout (thesis, §6.4.1; contract)";
const AFTERWARDS =
  "When the promise is over, a candidate with a higher term and all that is committed gets the vote (§5.2, §5.4.1)";

/** Server 0 is real: server 1 leads it, server 2 would like to. Its clock is fast, so a promise is over a little earlier than in real time. */
const ONE = {
  lab: 5,
  servers: 3,
  puppets: [1, 2],
  drift: 0.05,
  rates: [1.05, 1, 1],
  options: { lease: true, minElectionTimeout: 300 },
} as const;

/** How long a promise lasts at least, and so that it was still given when the request arrives; real ms. */
const PROMISED = 300 / 1.05;
const TRAVEL = 3;

/** Server 1 leads `term`, and says so. */
function beat(
  c: KvCluster,
  term: number,
  rule = "The leader of a higher term is followed (§5.1, §5.2)",
): void {
  const request = { term, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
  const reply = c.puppet(1).ask(0, "appendEntries", request) as { success: boolean } | undefined;
  c.expect(reply?.success === true, rule, `server 0 refuses the heartbeat of term ${term}`, 0);
}

/** Server 2 asks for the vote in `term`. @returns whether it got it */
function stand(c: KvCluster, term: number): boolean {
  const request = { term, candidateId: 2, lastLogIndex: 100, lastLogTerm: term - 1 };
  const reply = c.puppet(2).ask(0, "requestVote", request) as { voteGranted: boolean } | undefined;
  return reply?.voteGranted === true;
}

/** Server 0 has just promised, and keeps it. */
function keeps(c: KvCluster, term: number, after: number, why: string): void {
  c.watch(after);
  c.expect(
    !stand(c, term),
    PROMISE,
    `server 0 votes for server 2 in term ${term}, ${after} ms after ${why}`,
    0,
  );
}

const UNMOVED =
  "Nor does it adopt the term of whoever asks for its vote meanwhile: its leader goes on to lead (handout, leases)";

/** Server 0 votes again, sooner or later; some promise more than they have to. */
function votes(c: KvCluster, term: number): void {
  let asked = 0;
  while (!stand(c, term + asked)) {
    asked += 1;
    c.watch(250);
    c.expect(
      asked < 20,
      AFTERWARDS,
      "server 0 has heard no leader for five seconds, and votes for nobody",
      0,
    );
  }
}

scene("who hears a leader votes for nobody", { ...ONE, points: 2 }, (c) => {
  let term = 100;
  for (const after of [0, 100, 200, PROMISED - 2 * TRAVEL]) {
    term += 100;
    beat(c, term);
    keeps(c, term + 10, after, "it heard its leader");
    beat(c, term, UNMOVED);
    votes(c, term + 20);
  }
});

// It may have heard its leader just before it crashed, and does not remember.
scene("who has booted votes for nobody", { ...ONE, points: 3 }, (c) => {
  let term = 100;
  for (const after of [0, 100, 200, PROMISED - 2 * TRAVEL]) {
    term += 100;
    beat(c, term);
    c.crash(0);
    c.watch(5);
    c.restart(0);
    keeps(c, term + 10, after, "its restart; it had heard its leader just before");
    votes(c, term + 20);
  }
});
