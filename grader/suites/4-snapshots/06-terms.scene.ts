import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage, support } from "../1-election/script";
import { comes, leads, refuses, takes, type Leader } from "../2-replication/script";
import { again } from "../3-persistence/script";
import { brings, goesOn, keeps } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

/** Server 0 follows, in `term`, and does not lead. */
function follows(c: RaftCluster, term: number, before: string): void {
  const { isLeader = false, term: now = 0 } = c.status(0) ?? {};
  c.expect(
    !isLeader && now === term,
    "The leader of its own or a higher term ends what a server was, whatever that leader sends (§5.1, §5.2)",
    `server 0 ${before}, and got a snapshot of the leader of term ${term}; now it is in term ${now}${isLeader ? ", and leads" : ""}`,
    0,
  );
}

// §5.1 holds for all messages.
scene("a snapshot of a newer leader deposes the old one", { ...THREE, points: 2 }, (c) => {
  support(c, [1, 2]);
  const term = leads(c);
  const next: Leader = { id: 1, term: term + 3, log: [1, 1, term + 1, term + 1, term + 3] };
  brings(c, next, 4);
  goesOn(c, 4, 4);
  follows(c, next.term, `led term ${term}`);
  takes(c, next, 4, 5, 5);
  goesOn(c, 5, 4);
});

// Another one has won its election: votes that come late do not make it a second leader (§5.2).
scene("a candidate yields to a snapshot of its term", { ...THREE, points: 2 }, (c) => {
  encourage(c, [1, 2]);
  const asked = c.puppet(2).expectRequest("requestVote", (_, from) => from === 0);
  const { term } = asked.message.request as { readonly term: number };
  const leader: Leader = { id: 1, term, log: [term, term, term] };
  brings(c, leader, 2);
  c.puppet(2).reply(asked, { term, voteGranted: true });
  c.watch(10);
  follows(c, term, `campaigned for term ${term}`);
  takes(c, leader, 2, 3, 3);
  goesOn(c, 3, 2);
});

// The snapshot is old, its term is not: what was answered in that term is binding.
scene("an old snapshot brings a new term", { ...THREE, points: 2 }, (c) => {
  const past: Leader = { id: 1, term: 2, log: [1, 1, 2, 2, 2] };
  takes(c, past, 0, 5, 4);
  goesOn(c, 4, 0);
  const leader: Leader = { id: 2, term: 5, log: [1, 1, 2, 2, 5] };
  brings(c, leader, 3);
  follows(c, 5, "was in term 2");
  again(c);
  comes(c, { id: 1, term: 4, log: [1, 1, 2, 2, 4, 4] }, 0, 6, 6);
  c.watch(10);
  refuses(c, { ...leader, log: [...leader.log, 5] }, 6);
  takes(c, leader, 4, 5, 5);
  keeps(c, c.log(0).first - 1, leader.log);
  goesOn(c, 5, 3);
});
