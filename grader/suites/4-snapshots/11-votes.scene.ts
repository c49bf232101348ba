import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, shown } from "../1-election/script";
import { accepted } from "../2-replication/mit";
import { leads, takes, type Leader, type Terms } from "../2-replication/script";
import { again, denies, grants } from "../3-persistence/script";
import { brings, goesOn, Receiver } from "./script";

const FIVE = { lab: 4, servers: 5, puppets: [1, 2, 3, 4] } as const;

const LOG: Terms = [1, 1, 1, 2, 3, 3];
const LEADER: Leader = { id: 1, term: 3, log: LOG };

const UP_TO_DATE =
  "The last entry of an empty log is that of the snapshot before it: lastIncludedIndex and lastIncludedTerm count in §5.4.1 (§7)";

/** Server 0 has a snapshot up to entry 6, of term 3, and nothing behind it; it has not heard of a leader for long. */
function prepare(c: RaftCluster): void {
  brings(c, LEADER, 6);
  goesOn(c, 6, 6);
  encourage(c, [1, 2, 3, 4]);
  c.until("a campaign of server 0, whom nobody leads any more,", () => c.campaigns(0).length > 0);
}

function vote(c: RaftCluster, id: number, term: number, lastLogIndex: number, lastLogTerm: number): boolean {
  const request = { term, candidateId: id, lastLogIndex, lastLogTerm };
  const reply = c.puppet(id).ask(0, "requestVote", request) as { voteGranted: boolean } | undefined;
  c.expect(reply !== undefined, UP_TO_DATE, `server 0 does not answer ${shown(request)}`, 0);
  return reply?.voteGranted === true;
}

scene("a voter whose log is empty behind its snapshot", { ...FIVE, points: 2 }, (c) => {
  prepare(c);
  const worse = [[5, 3], [0, 0], [9, 2], [1, 3], [6, 2]] as const; // prettier-ignore
  const good = [[6, 3], [7, 3], [1, 4], [6, 3], [6, 4]] as const; // prettier-ignore
  worse.forEach(([index, term], i) => {
    if (i === 3) again(c);
    const next = (c.status(0)?.term ?? 0) + 2; // it may be about to campaign in the next one itself
    const has = "server 0, whose snapshot ends with entry 6 of term 3, and whose log is empty behind it,";
    c.expect(
      !vote(c, 1, next, index, term),
      UP_TO_DATE,
      `${has} votes for one that ends with entry ${index} of term ${term}`,
      0,
    );
    const [enough, later] = good[i] ?? [6, 3];
    c.expect(
      vote(c, 2 + (i % 3), next, enough, later),
      UP_TO_DATE,
      `${has} refuses one that ends with entry ${enough} of term ${later}`,
      0,
    );
  });
});

scene("a candidate whose log is empty behind its snapshot", { ...FIVE, points: 2 }, (c) => {
  prepare(c);
  again(c);
  for (const [length, last, entries] of [
    [6, 3, 0],
    [8, 7, 2],
  ] as const) {
    const { message } = c.puppet(2).expectRequest("requestVote", (_, from) => from === 0);
    const { lastLogIndex, lastLogTerm } = message.request as { lastLogIndex: number; lastLogTerm: number };
    c.expect(
      lastLogIndex === length && lastLogTerm === last,
      UP_TO_DATE,
      `server 0 has a snapshot up to entry 6 of term 3, and ${entries} entries behind it; its RequestVote says ${shown(message.request as object)}`,
      0,
    );
    const term = (c.status(0)?.term ?? 0) + 2; // it may be about to campaign in the next one itself
    if (entries === 0) takes(c, { id: 3, term, log: [...LOG, 7, 7] }, 6, 8);
  }
});

// prevLogIndex and prevLogTerm of its first call are lastIncludedIndex and lastIncludedTerm.
scene("a leader whose log is empty behind its snapshot", { ...FIVE, points: 2 }, (c) => {
  brings(c, LEADER, 6);
  again(c);
  const followers = [LOG, LOG, [1, 1, 1, 2, 2, 2, 2], []].map((log, i) => new Receiver(c, i + 1, log));
  leads(c);
  accepted(c, 0, "the first behind the snapshot", 7);
  goesOn(c, 7, 6);
  accepted(c, 0, "the next", 8);
  goesOn(c, 8, 6);
  c.until(
    "bringing all followers to entry 8, by entries where they match the snapshot, by the snapshot where they do not,",
    () => followers.every(({ lastIndex }) => lastIndex === 8),
    2000,
  );
  const needless = followers.filter(({ sent }, i) => i < 2 && sent.length > 0);
  c.expect(
    needless.length === 0,
    "A snapshot is for followers that need what the leader has discarded (§7)",
    "servers 1 and 2 have all that the snapshot covers, and are sent it",
    0,
  );
});

// A save replaces the whole state: with a new snapshot the vote must be in it, too.
scene("a vote outlives a snapshot", { ...FIVE, points: 2 }, (c) => {
  const rule = "votedFor is persistent state, whatever else is saved after it (Figure 2; §5.2)";
  takes(c, LEADER, 0, 6, 6);
  goesOn(c, 6, 0);
  encourage(c, [1, 2, 3, 4]);
  c.until("a campaign of server 0, whom nobody leads any more,", () => c.campaigns(0).length > 0);
  const term = (c.status(0)?.term ?? 0) + 2; // it may be about to campaign in the next one itself
  const candidate = { id: 2, term, log: [...LOG, 3, 3] };
  grants(c, candidate);
  c.snapshot(0, 4);
  c.snapshot(0);
  again(c);
  denies(c, { ...candidate, id: 3 }, rule);
  grants(c, candidate);
  brings(c, candidate, 8);
  again(c);
  denies(c, { ...candidate, id: 4, log: [...candidate.log, term] }, rule);
  takes(c, candidate, 8, 8, 8);
  goesOn(c, 8, 8);
});
