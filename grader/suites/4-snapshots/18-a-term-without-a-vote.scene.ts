import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { applies, takes, type Terms } from "../2-replication/script";
import { again, crashAround, denies, grants, ignores } from "../3-persistence/script";
import { brings, compacts, Receiver } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2], snapshotEvery: 10 } as const;
const LOG: Terms = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];

/** Server 0 leads, and is told of a later term by a server that was sent a snapshot. @returns that term */
function deposed(c: RaftCluster): number {
  const [, behind] = [new Receiver(c, 1, LOG), new Receiver(c, 2)];
  behind.receives = () => false;
  const higher = compacts(c, LOG) + 10;
  c.until("sending a snapshot to server 2", () => behind.sent.length > 0, 2000);
  for (const id of [1, 2]) c.puppet(id).ignore("appendEntries");
  c.puppet(2).answer("installSnapshot", () => ({ term: higher }));
  c.until("stepping down for the higher term", () => (c.status(0)?.term ?? 0) >= higher, 1000);
  return higher;
}

// Nobody has asked for a vote in that term yet: its vote for itself was one of another term (§5.2).
scene("a vote in a term that came with the answer to a snapshot", { ...THREE, points: 2 }, (c) => {
  const term = deposed(c);
  crashAround("after", c, () => grants(c, { id: 1, term, log: LOG }));
  denies(c, { id: 2, term, log: LOG }, "Each server votes for at most one candidate in a given term (§5.2)");
  takes(c, { id: 1, term, log: [...LOG, term] }, 25, 26, 26);
  applies(c, 26);
});

// To hear of it is nothing to save for; to promise something in it is.
scene("a term that came with the answer to a snapshot is promised", { ...THREE, points: 2 }, (c) => {
  const term = deposed(c);
  const present = { id: 2, term, log: [...LOG, term] };
  crashAround("after", c, () => takes(c, present, 25, 25, 25));
  ignores(c, { id: 1, term: term - 1, log: [...LOG, term - 1] }, 25, 26);
  takes(c, present, 25, 26, 26);
  applies(c, 26);
});

// The vote that it gave was one of the term before; so is the one on its disk.
scene("a term that came with a snapshot begins without a vote", { ...THREE, points: 2 }, (c) => {
  const log: Terms = [1, 1, 2, 2, 2];
  takes(c, { id: 1, term: 2, log }, 0, 5, 5);
  applies(c, 5);
  for (const [term, upTo] of [
    [5, 3],
    [8, 7],
  ] as const) {
    const leader = { id: 2, term, log: [...log, term, term] };
    again(c); // whoever hears a leader may be deaf to candidates
    grants(c, { id: 1, term: term - 1, log });
    brings(c, leader, upTo);
    again(c);
    grants(c, leader);
    denies(c, { ...leader, id: 1 }, "Each server votes for at most one candidate in a given term (§5.2)");
  }
});
