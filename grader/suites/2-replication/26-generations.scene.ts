import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { accepted } from "./mit";

/** In the end all agree on what was committed, in the order in which it was, and on nothing that was lost. */
function keeps(c: RaftCluster, kept: readonly string[], lost: readonly string[] = []): void {
  c.agree();
  const all = new Set<unknown>();
  for (let index = 1; index <= c.commitIndex; index++) all.add(c.committed(index)?.command);
  const known = (commands: readonly string[]): string =>
    [...all].flatMap((one) => commands.filter((command) => command === one)).join(", ");
  c.expect(
    known(kept) === kept.join(", "),
    "Leader Completeness: what is committed is in the logs of all later leaders (§5.4.3, Figure 3)",
    `committed in this order: ${kept.join(", ")}; in the end: ${known(kept)}`,
  );
  c.expect(
    known(lost) === "",
    "What a deposed leader accepted alone is overwritten (§5.3)",
    `${known(lost)} became committed, though no majority could hold it`,
  );
}

// Three leaders, each cut off with commands of its own, return in another order than they left.
scene("three deposed leaders give up what they accepted alone", { lab: 2, servers: 7, points: 2 }, (c) => {
  const kept: string[] = [];
  const commit = (): void => {
    const command = c.fresh();
    kept.push(command);
    c.commit(command);
  };
  const lost: string[] = [];
  const deposed: number[] = [];
  commit();
  for (let generation = 0; generation < 3; generation++) {
    const leader = c.leader();
    deposed.push(leader);
    c.isolate(leader);
    for (let i = 1; i <= 3 + 2 * generation; i++) {
      const command = c.fresh();
      lost.push(command);
      accepted(c, leader, command);
    }
    commit();
  }
  for (const server of c.random("order").shuffle(deposed)) {
    c.rejoin(server);
    commit();
  }
  keeps(c, kept, lost);
});

// Each majority is another; what an earlier one committed must still be there.
scene(
  "a majority that changes keeps what an earlier one committed",
  { lab: 2, servers: 5, points: 2 },
  (c) => {
    const kept: string[] = [];
    for (let i = 0; i < 5; i++) {
      const minority = [i, (i + 2) % 5];
      c.partition(c.others(...minority), minority);
      for (const server of minority) c.propose(server);
      const leader = c.leader();
      for (let n = 0; n < 3; n++) {
        const command = c.fresh();
        kept.push(command);
        c.commit(command);
      }
      c.propose(leader);
    }
    c.heal();
    c.commit();
    keeps(c, kept);
  },
);
