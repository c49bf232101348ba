import { scene } from "../../../labs/kit/raft";
import { agree } from "../2-replication/mit";

// MIT 6.5840, TestUnreliableAgree: five clients at a time, while one message in ten is lost.
scene("unreliable agree", { lab: 3, servers: 5, points: 3, network: "unreliable" }, (c) => {
  for (let i = 1; i < 50; i++) {
    c.commitAll(
      Array.from({ length: 5 }, () => c.fresh()),
      { on: 1 },
    );
  }
  c.network("reliable");
  agree(c, 5, 100);
});
