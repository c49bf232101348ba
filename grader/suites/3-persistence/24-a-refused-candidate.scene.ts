import { scene } from "../../../labs/kit/raft";
import { applies, holds, takes } from "../2-replication/script";
import { again, crashAround, ignores, stands } from "./script";

// Nothing was promised to the candidate. The leader of that term is promised something.
scene(
  "a term that came with a refused candidate is promised with the next answer",
  { lab: 3, servers: 3, puppets: [1, 2], points: 2 },
  (c) => {
    takes(c, { id: 1, term: 2, log: [2, 2] }, 0, 2);
    again(c); // whoever hears a leader may be deaf to candidates
    stands(c, { id: 1, term: 9, log: [] });
    c.watch(20);
    const present = { id: 2, term: 9, log: [2, 2, 9] };
    crashAround("after", c, () => takes(c, present, 2, 2));
    ignores(c, { id: 1, term: 8, log: [2, 8] }, 1, 2);
    holds(c, [2, 2]);
    takes(c, present, 2, 3, 3);
    applies(c, 3);
  },
);
