import { scene } from "../../../labs/kit/raft";
import { applies, holds, takes, type Leader } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

scene("a conflict removes that entry and all behind it, none before it", { ...THREE, points: 2 }, (c) => {
  takes(c, { id: 1, term: 2, log: [1, 1, 2, 2, 2] }, 0, 5);
  const inside: Leader = { id: 2, term: 3, log: [1, 1, 2, 3, 3] };
  takes(c, inside, 1, 5);
  holds(c, inside.log);
  const shorter: Leader = { id: 1, term: 4, log: [1, 1, 4] };
  takes(c, shorter, 2, 3);
  holds(c, shorter.log);
  const longer: Leader = { id: 2, term: 6, log: [1, 1, 4, 5, 6, 6] };
  takes(c, longer, 0, 6);
  holds(c, longer.log);
  const other: Leader = { id: 1, term: 8, log: [7, 7] };
  takes(c, other, 0, 1);
  holds(c, [7]);
  takes(c, other, 1, 2, 2);
  applies(c, 2);
});

// Equal commands are no equal entries: the term tells (Figure 2).
scene("an entry of another term conflicts even with the same command", { ...THREE, points: 1 }, (c) => {
  const entries = (...terms: number[]): object[] => terms.map((term) => ({ term, command: "same" }));
  const send = (id: number, term: number, terms: number[]): unknown =>
    c.puppet(id).ask(0, "appendEntries", {
      term,
      leaderId: id,
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: entries(...terms),
      leaderCommit: 0,
    });
  send(1, 1, [1, 1, 1]);
  send(2, 2, [1, 2]);
  const terms = c.log(0).entries.map(({ term }) => term);
  c.expect(
    terms.join() === "1,2",
    "If an existing entry conflicts with a new one (same index but different terms), delete it and all that follow it (Figure 2)",
    `server 0 had three entries of term 1 and got entries of the terms (1 2): on its disk are entries of the terms (${terms.join(" ")})`,
    0,
  );
});
