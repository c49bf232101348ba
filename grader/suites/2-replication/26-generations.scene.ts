import { scene } from "../../../labs/kit/raft";
import { accepted } from "./mit";

// Three leaders, each cut off with commands of its own, return in another order than they left.
scene("three deposed leaders give up what they accepted alone", { lab: 2, servers: 7, points: 3 }, (c) => {
  const kept = [c.fresh()];
  c.commit(kept[0]);
  const deposed: number[] = [];
  for (let generation = 0; generation < 3; generation++) {
    const leader = c.leader();
    deposed.push(leader);
    c.isolate(leader);
    const index = c.commitIndex;
    for (let i = 1; i <= 3 + 2 * generation; i++) accepted(c, leader, c.fresh(), index + i);
    kept.push(c.fresh());
    c.commit(kept.at(-1));
  }
  const order = c.random("order").shuffle(deposed);
  for (const server of order) {
    c.rejoin(server);
    kept.push(c.fresh());
    c.commit(kept.at(-1));
  }
  c.agree(kept);
});

// The majority of one side is the minority of the other: what was committed first must still be there.
scene(
  "a majority that changes keeps what an earlier one committed",
  { lab: 2, servers: 5, points: 3 },
  (c) => {
    const kept: string[] = [];
    for (let i = 0; i < 5; i++) {
      const [first = 0, second = 1] = [i, (i + 2) % 5];
      c.partition(c.others(first, second), [first, second]);
      for (const server of [first, second]) c.propose(server, `lost ${i}`);
      const leader = c.leader();
      for (let n = 0; n < 3; n++) {
        kept.push(c.fresh());
        c.commit(kept.at(-1));
      }
      c.propose(leader, `open ${i}`);
    }
    c.heal();
    c.commit();
    c.agree();
    const committed = Array.from({ length: c.commitIndex }, (_, i) => c.committed(i + 1)?.command);
    const found = committed.filter((command) => kept.some((one) => one === command));
    c.expect(
      found.join() === kept.join(),
      "Leader Completeness: what is committed is in the logs of all later leaders (§5.4.3, Figure 3)",
      `committed in this order: ${kept.join(", ")}; in the end: ${found.join(", ")}`,
    );
  },
);
