import { scene } from "../../../labs/kit/raft";
import { encourage, follows, loses, support, termOf, wins } from "./script";

const UNDISTURBED =
  "A server that cannot win disturbs nobody: pre-vote before it raises its term (thesis, §9.6)";

const PRE_VOTE = { lab: 1, servers: 3, challenge: true, options: { preVote: true } } as const;
const CHECK_QUORUM = { lab: 1, servers: 3, challenge: true, options: { checkQuorum: true } } as const;
const PUPPETS = { puppets: [1, 2] } as const;

const CANNOT_WIN = "Pre-vote: no term is raised by who cannot win (thesis, §9.6)";

scene("pre-vote alone: a server back from isolation disturbs nobody", { ...PRE_VOTE, points: 2 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const [away = leader] = c.others(leader);
  c.isolate(away);
  c.watch(5000);
  c.heal();
  c.stays(leader, 3000, UNDISTURBED);
  c.expect(c.term() === term, CANNOT_WIN, `term ${term} became ${c.term()}`);
});

scene("pre-vote: each campaign needs pre-votes of its own", { ...PRE_VOTE, ...PUPPETS, points: 2 }, (c) => {
  encourage(c, [1, 2]);
  c.puppet(1).expectRequest("preVote", (_, from) => from === 0);
  c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
  for (const id of [1, 2]) c.puppet(id).ignore("preVote");
  c.watch(50);
  const term = c.status(0)?.term;
  c.watch(6000);
  const now = c.status(0)?.term;
  c.expect(
    now === term,
    CANNOT_WIN,
    `server 0 went from term ${String(term)} to ${String(now)}, and nobody was for it`,
    0,
  );
});

for (const event of ["its leader was heard again", "a newer leader was heard"] as const) {
  scene(`pre-votes that come after ${event} elect nobody`, { ...PRE_VOTE, ...PUPPETS, points: 1 }, (c) => {
    follows(c, 1, 5);
    const late = c.puppet(2).expectRequest("preVote", (request) => termOf(request) === 6);
    const term = event === "its leader was heard again" ? 5 : 8;
    follows(c, 1, term);
    if (term === 8) c.puppet(2).expectRequest("preVote", (request) => termOf(request) === 9);
    c.puppet(2).reply(late, { term: 5, voteGranted: true });
    c.watch(60);
    const now = c.status(0)?.term;
    c.expect(
      now === term,
      "A round of pre-votes ends when a leader is heard or the term changes (thesis, §9.6)",
      `server 0 went from term ${term} to ${String(now)} on a pre-vote of a round that was over`,
      0,
    );
  });
}

scene(
  "pre-vote: refused requests do not keep a server quiet",
  { ...PRE_VOTE, ...PUPPETS, points: 1 },
  (c) => {
    follows(c, 1, 5);
    const since = c.now;
    for (let i = 0; i < 60 && c.campaigns(0, since).length === 0; i++) {
      c.puppet(2).send(0, "preVote", { term: 4, candidateId: 2, lastLogIndex: 0, lastLogTerm: 0 });
      c.watch(50);
    }
    c.expect(
      c.campaigns(0, since).length > 0,
      "Being asked for a pre-vote changes nothing (thesis, §9.6)",
      "server 0 did not ask for pre-votes for three seconds, in which it heard nothing but requests of an older term",
      0,
    );
  },
);

scene("pre-vote: asking for pre-votes takes back no vote", { ...PRE_VOTE, ...PUPPETS, points: 1 }, (c) => {
  wins(c, 1, 7);
  c.puppet(1).expectRequest("preVote", (request) => termOf(request) === 8);
  loses(c, 2, 7);
});

scene("check-quorum alone: a leader in a partition steps down", { ...CHECK_QUORUM, points: 2 }, (c) => {
  const old = c.leader();
  c.isolate(old);
  c.until(`server ${old} stepping down`, () => c.status(old)?.isLeader === false);
  c.leader();
});

scene("check-quorum: a newer leader is followed at once", { ...CHECK_QUORUM, ...PUPPETS, points: 1 }, (c) => {
  follows(c, 1, 5);
  follows(c, 2, 6);
});

scene(
  "check-quorum: a leader that stepped down campaigns again",
  { ...CHECK_QUORUM, ...PUPPETS, points: 2 },
  (c) => {
    support(c, [1, 2]);
    c.leader();
    for (const id of [1, 2]) {
      for (const method of ["preVote", "requestVote", "appendEntries"]) c.puppet(id).ignore(method);
    }
    c.until("stepping down", () => c.status(0)?.isLeader === false);
    const since = c.now;
    c.until("a campaign", () => c.campaigns(0, since).length > 0, 3000);
  },
);

scene(
  "check-quorum: a leader of the past is not heard for ever",
  { ...CHECK_QUORUM, ...PUPPETS, points: 2 },
  (c) => {
    support(c, [1, 2]);
    c.leader();
    follows(c, 1, c.term() + 1);
    for (const id of [1, 2]) {
      c.puppet(id).answer("requestVote", (request) => ({ term: termOf(request), voteGranted: false }));
      c.puppet(id).ignore("preVote");
    }
    c.watch(1500);
    wins(c, 2, (c.status(0)?.term ?? 0) + 5);
  },
);
