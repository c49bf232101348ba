import { scene } from "../../../labs/kit/raft";
import { support, termOf } from "./script";

const UNDISTURBED =
  "A server that cannot win disturbs nobody: pre-vote before it raises its term (thesis, §9.6)";

const CHALLENGE = { lab: 1, challenge: true, options: { preVote: true, checkQuorum: true } } as const;

// The notes' case: A leads, the link between A and B is gone, C, D and E reach both.
scene("one missing link does not depose the leader", { ...CHALLENGE, servers: 5, points: 5 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const [deaf = leader] = c.others(leader);
  c.cut(leader, deaf);
  c.stays(leader, 20_000, UNDISTURBED);
  const now = Math.max(...c.running().map((id) => c.status(id)?.term ?? 0));
  c.expect(
    now === term,
    "Pre-vote: no term is raised by who cannot win (thesis, §9.6)",
    `term ${term} became ${now}`,
  );
  c.heal();
  c.stays(leader, 2000, UNDISTURBED);
  c.crash(leader);
  c.leader();
});

scene("a server back from a long isolation disturbs nobody", { ...CHALLENGE, servers: 3, points: 4 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const [away = leader] = c.others(leader);
  c.isolate(away);
  c.stays(leader, 20_000, UNDISTURBED);
  c.heal();
  c.stays(leader, 5000, UNDISTURBED);
  c.expect(
    c.term() === term,
    "Pre-vote: no term is raised by who cannot win (thesis, §9.6)",
    `term ${term} became ${c.term()}`,
  );
  c.crash(leader);
  c.leader();
});

scene(
  "being asked for a pre-vote changes nothing",
  { ...CHALLENGE, servers: 4, points: 3, puppets: [3] },
  (c) => {
    const puppet = c.puppet(3);
    support(c, [3]);
    const leader = c.leader();
    const before = c.term();
    for (const id of c.running()) {
      const request = { term: before + 10, candidateId: 3, lastLogIndex: 0, lastLogTerm: 0 };
      const reply = puppet.ask(id, "preVote", request) as { voteGranted: boolean } | undefined;
      c.expect(
        reply?.voteGranted !== true,
        "Pre-vote is refused while the leader is alive (thesis, §9.6)",
        `server ${id} would vote for another, though leader ${leader} is heard`,
        id,
      );
    }
    c.expect(
      c.term() === before,
      "A pre-vote changes nobody's term (thesis, §9.6)",
      `term ${before} became ${c.term()}`,
    );
    c.stays(leader, 2000, UNDISTURBED);
  },
);

scene("a minority that cannot win does not raise its term", { ...CHALLENGE, servers: 5, points: 3 }, (c) => {
  const leader = c.leader();
  const term = c.term();
  const pair = c.others(leader).slice(0, 2);
  c.partition(pair, c.others(...pair));
  c.watch(10_000);
  for (const id of pair) {
    const now = c.status(id)?.term;
    c.expect(
      now === term,
      "Pre-vote: a majority must be willing before a term is raised (thesis, §9.6)",
      `server ${id} raised its term from ${term} to ${String(now)} in a minority of two`,
      id,
    );
  }
  c.heal();
  c.stays(leader, 3000, UNDISTURBED);
});

// Without it, a server that is behind could be refused for ever by voters that cannot win themselves.
scene(
  "a pre-vote that is refused with a higher term teaches that term",
  { ...CHALLENGE, servers: 3, points: 2, puppets: [1, 2] },
  (c) => {
    const higher = 50;
    support(c, [1, 2]);
    for (const id of [1, 2]) {
      c.puppet(id).answer("preVote", (request) => ({ term: higher, voteGranted: termOf(request) > higher }));
    }
    c.leader();
    c.expect(c.term() > higher, "Servers adopt a higher term (§5.1)", `server 0 leads term ${c.term()}`, 0);
  },
);
