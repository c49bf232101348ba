import { scene, type KvCluster } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";

const LEADS =
  "requestReadIndex is answered by a leader; anybody else answers index: null, for it knows less than all that is committed (thesis, §6.4; handout)";

/** Server 1 leads `term` for so long, and has committed nothing. */
function leads(c: KvCluster, term: number, ms: number): void {
  const heartbeat = { term, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
  for (const end = c.now + ms; c.now < end; c.watch(Math.min(50, end - c.now))) {
    c.puppet(1).send(0, "appendEntries", heartbeat);
  }
}

// Server 2 believes that server 0 leads: in this term, or still in the one before.
scene("a follower tells nobody an index", { lab: 5, servers: 3, puppets: [1, 2], points: 1 }, (c) => {
  leads(c, 5, 100);
  for (const [term, lease] of [
    [5, false],
    [5, true],
    [4, false],
    [4, true],
  ] as const) {
    const puppet = c.puppet(2);
    const sent = puppet.send(0, "requestReadIndex", { term, lease });
    leads(c, 5, 100);
    const told = puppet.replies(sent) as readonly { readonly index: number | null }[];
    const message = `server 0 follows server 1, and answers ${shown(told[0])} to a requestReadIndex of term ${term}`;
    c.expect(
      told.every(({ index }) => index === null),
      LEADS,
      message,
      0,
    );
  }
});
