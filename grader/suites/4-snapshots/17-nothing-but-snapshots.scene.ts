import { scene } from "../../../labs/kit/raft";
import { takes, type Leader } from "../2-replication/script";
import { arrives, goesOn } from "./script";

// A leader whose snapshots, or the answers to them, get lost has nothing else to send. Old ones and new ones.
scene(
  "who hears nothing but snapshots hears a leader",
  { lab: 4, servers: 3, puppets: [1, 2], points: 2 },
  (c) => {
    const leader: Leader = { id: 1, term: 2, log: Array.from({ length: 50 }, () => 2) };
    takes(c, leader, 0, 4, 4);
    goesOn(c, 4, 0);
    const start = c.now;
    for (let i = 1; i <= 40; i++) {
      arrives(c, leader, i % 2 === 0 ? 4 + i : 3);
      c.watch(100);
    }
    const [first] = c.campaigns(0, start);
    c.expect(
      first === undefined,
      "An InstallSnapshot of the present leader starts the election timeout anew, as AppendEntries does (§7, §5.2; handout)",
      "server 0 campaigned although its leader sent it a snapshot every 100 ms",
      0,
    );
    takes(c, leader, 44, 50, 50);
    goesOn(c, 50, 44);
  },
);
