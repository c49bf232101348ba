import { scene } from "../../../labs/kit/raft";
import { encourage, follows, loses, termOf } from "./script";

const FIVE = { lab: 1, servers: 5, puppets: [1, 2, 3, 4] } as const;

scene("a candidate that yields has voted all the same", { ...FIVE, points: 2 }, (c) => {
  encourage(c, [1, 2, 3, 4]);
  const asked = c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
  const term = termOf(asked.message.request);
  follows(c, 1, term);
  loses(c, 4, term);
});

scene("a rival of the same term costs neither candidacy nor office", { ...FIVE, points: 2 }, (c) => {
  encourage(c, [1, 2, 3, 4]);
  const old = c.puppet(1).expectRequest("requestVote", (_, from) => from === 0);
  follows(c, 2, termOf(old.message.request) + 3);
  const asked = c
    .puppet(1)
    .expectRequest("requestVote", (request) => termOf(request) > termOf(old.message.request));
  const term = termOf(asked.message.request);
  loses(c, 4, term);
  for (const id of [1, 2]) {
    const grant = (request: unknown) => (termOf(request) === term ? { term, voteGranted: true } : undefined);
    c.puppet(id).answer("requestVote", grant); // the request may have come already, or be on its way
  }
  const beats = (id: number): number =>
    c
      .puppet(id)
      .requests("appendEntries")
      .filter(({ message }) => termOf(message.request) === term).length;
  c.until(
    "a heartbeat to everybody at once, upon election (Figure 2, leaders),",
    () => [1, 2, 3, 4].every((id) => beats(id) > 0),
    90,
  );

  for (const id of [1, 2, 3]) {
    c.puppet(id).answer("appendEntries", (request) => ({ term: termOf(request), success: true }));
  }
  loses(c, 4, term);
  c.puppet(1).reply(old, { term: termOf(old.message.request) + 1, voteGranted: false });
  c.watch(20);
  const before = beats(1);
  c.watch(600);
  c.expect(
    c.status(0)?.isLeader === true && c.status(0)?.term === term && beats(1) > before,
    "Only a higher term ends a leadership (§5.1)",
    `server 0 led term ${term}; a rival's request of that term and a stale reply made it give up`,
    0,
  );
});
