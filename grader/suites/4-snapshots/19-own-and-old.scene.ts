import { scene } from "../../../labs/kit/raft";
import { support } from "../1-election/script";
import { leads, takes, type Leader } from "../2-replication/script";
import { arrives, brings, goesOn } from "./script";

// Its service was slow: the state is older than what is committed by now, and another old one comes from the leader.
scene(
  "an own snapshot takes back nothing that is committed",
  { lab: 4, servers: 3, puppets: [1, 2], points: 2 },
  (c) => {
    const leader: Leader = { id: 1, term: 2, log: Array.from({ length: 30 }, () => 2) };
    for (const end of [12, 24]) {
      takes(c, leader, end - 12, end, end);
      goesOn(c, end, 0);
      c.snapshot(0, end - 4);
      for (const upTo of [end - 6, end - 2, end - 4, end]) {
        arrives(c, leader, upTo);
        c.watch(10);
        goesOn(c, end, 0);
      }
    }
    takes(c, leader, 24, 30, 30);
    goesOn(c, 30, 0);
  },
);

// commitIndex and lastApplied belong to the server, not to a term.
scene(
  "a deposed leader takes no old snapshot for a new one",
  { lab: 4, servers: 3, puppets: [1, 2], points: 2 },
  (c) => {
    takes(c, { id: 1, term: 2, log: Array.from({ length: 12 }, () => 2) }, 0, 12, 12);
    goesOn(c, 12, 0);
    support(c, [1, 2]);
    const next = leads(c) + 1;
    const leader: Leader = { id: 2, term: next, log: [...Array.from({ length: 12 }, () => 2), next, next] };
    for (const upTo of [8, 12, 5]) {
      brings(c, leader, upTo);
      goesOn(c, 12, 0);
    }
    takes(c, leader, 12, 14, 14);
    goesOn(c, 14, 0);
  },
);
