import { scene } from "../../../labs/kit/raft";
import { applies, comes, holds, refuses, takes, type Leader } from "./script";

// A leader that has just those entries asks for the place behind them: they were removed, and are not there (Figure 2).
scene("what a conflict removed is gone", { lab: 2, servers: 3, puppets: [1, 2], points: 2 }, (c) => {
  const first: Leader = { id: 1, term: 2, log: [1, 1, 2, 2, 2, 2] };
  const second: Leader = { id: 2, term: 3, log: [1, 1, 3] };
  const third: Leader = { id: 1, term: 4, log: [1, 1, 2, 2, 2, 2, 4] };
  takes(c, first, 0, 6);
  takes(c, second, 2, 3);
  holds(c, second.log);
  for (const after of [6, 4, 5, 3]) {
    refuses(c, third, after, after, 1);
    refuses(c, third, after, 7, 1);
  }
  comes(c, third, 6, 7, 7);
  c.watch(10);
  takes(c, third, 2, 4, 2);
  holds(c, [1, 1, 2, 2]);
  refuses(c, third, 5, 7, 2);
  applies(c, 2);
  takes(c, third, 4, 7, 7);
  holds(c, third.log);
  applies(c, 7);
});
