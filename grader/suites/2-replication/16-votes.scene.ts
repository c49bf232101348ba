import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, shown } from "../1-election/script";
import { takes } from "./script";

const FIVE = { lab: 2, servers: 5, puppets: [1, 2, 3, 4] } as const;

const UP_TO_DATE =
  "The log with the later last term is more up-to-date; with equal last terms, the longer one (§5.4.1)";

/** Server 0 gets the log (1 1 3 3), and has not heard of a leader for an election timeout: it may vote again. */
function prepare(c: RaftCluster): void {
  takes(c, { id: 1, term: 3, log: [1, 1, 3, 3] }, 0, 4);
  encourage(c, [1, 2, 3, 4]);
  c.puppet(1).expectRequest("requestVote", () => true);
}

/** Asks server 0 for its vote in `term`, with a log that ends so. */
function vote(c: RaftCluster, id: number, term: number, lastLogIndex: number, lastLogTerm: number): boolean {
  const request = { term, candidateId: id, lastLogIndex, lastLogTerm };
  const reply = c.puppet(id).ask(0, "requestVote", request) as { voteGranted: boolean } | undefined;
  c.expect(reply !== undefined, UP_TO_DATE, `server 0 does not answer ${shown(request)}`, 0);
  return reply?.voteGranted === true;
}

// Each term first hears a candidate that lacks something, then one that does not: the vote must still be free.
scene("votes go by the last term, then by the length of the log", { ...FIVE, points: 3 }, (c) => {
  prepare(c);
  const first = (c.status(0)?.term ?? 0) + 2; // it may be about to campaign in the next one itself
  const worse = [[9, 2], [3, 3], [2, 1], [0, 0], [4, 2]] as const; // prettier-ignore
  const good = [[4, 3], [5, 3], [1, 4], [4, 4], [9, 5]] as const; // prettier-ignore
  worse.forEach(([index, term], i) => {
    c.expect(
      !vote(c, 1, first + i, index, term),
      UP_TO_DATE,
      `server 0, whose log ends with entry 4 of term 3, votes for one that ends with entry ${index} of term ${term}`,
      0,
    );
    const [enough, later] = good[i] ?? [4, 3];
    c.expect(
      vote(c, 2 + (i % 3), first + i, enough, later),
      UP_TO_DATE,
      `server 0, whose log ends with entry 4 of term 3, refuses one that ends with entry ${enough} of term ${later}`,
      0,
    );
  });
});

scene("a candidate tells what its log ends with", { ...FIVE, points: 1 }, (c) => {
  prepare(c);
  for (const id of [1, 2]) {
    const { request } = c.puppet(id).expectRequest("requestVote", () => true).message;
    const { lastLogIndex, lastLogTerm } = request as { lastLogIndex: number; lastLogTerm: number };
    c.expect(
      lastLogIndex === 4 && lastLogTerm === 3,
      "RequestVote tells index and term of the candidate's last log entry (Figure 2; §5.4.1)",
      `server 0's log ends with entry 4 of term 3, committed or not; its RequestVote says ${shown(request as object)}`,
      0,
    );
  }
});
