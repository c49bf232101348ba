import { scene, type AppendEntriesReply } from "../../../labs/kit/raft";
import { call, comes, takes, type Leader } from "../2-replication/script";
import { brings, goesOn, keeps } from "./script";

// Where a call begins changes nothing in what its entries do: a conflict removes, and nothing else does.
scene(
  "a call that begins inside the snapshot meets other entries behind it",
  { lab: 4, servers: 3, puppets: [1, 2], points: 2 },
  (c) => {
    const former: Leader = { id: 1, term: 2, log: [1, 1, 1, 1, 1, 1, 2, 2, 2, 2] };
    const leader: Leader = { id: 2, term: 3, log: [1, 1, 1, 1, 1, 1, 2, 3, 3, 3] };
    brings(c, former, 6);
    goesOn(c, 6, 6);
    takes(c, former, 6, 10, 6);
    let log = former.log;
    for (const [after, upTo] of [
      [3, 5],
      [5, 7],
      [4, 9],
      [2, 6],
      [5, 8],
    ] as const) {
      const reply = c.puppet(2).ask(0, "appendEntries", call(leader, after, upTo, 6)) as
        AppendEntriesReply | undefined;
      if (reply?.success === true && upTo === 9) log = leader.log.slice(0, 9);
      keeps(c, 6, log);
      goesOn(c, 6, 6);
    }
    comes(c, leader, 2, 8, 7);
    c.watch(10);
    keeps(c, 6, log);
    takes(c, leader, 7, 10, 10);
    keeps(c, 6, leader.log);
    goesOn(c, 10, 6);
  },
);
