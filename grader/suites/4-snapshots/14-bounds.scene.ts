import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { boundedLogs } from "./driver";

const COMPACTION = "A snapshot replaces the log up to its last included index (§7; Figure 12)";

/** The handout's bound for what a program keeps in its fields: so many times what is on its disk, and some more. */
const TIMES = 4;
const MORE = 20_000;

/** What is left of the log is small, so something was discarded; and it has left the memory, too. */
function released(c: RaftCluster, index: number, most: number, snapshot = 100): void {
  for (const server of c.servers) {
    const [log, memory] = [c.logBytes(server), c.memory(server)];
    const base = c.log(server).first - 1;
    c.expect(
      base > index - 30,
      COMPACTION,
      `entry ${index} is applied; the snapshot ends with ${base}`,
      server,
    );
    c.expect(
      log < most && memory <= TIMES * (log + snapshot) + MORE,
      "What a snapshot replaced is released: memory and disk stay bounded (§7; handout)",
      `server ${server} has ${log} bytes on its disk beside its snapshot, and ${memory} bytes in its fields, ` +
        `at entry ${index}; the handout allows ${TIMES} times what is on the disk and ${MORE}`,
      server,
    );
  }
}

scene(
  "memory for discarded entries is released",
  { lab: 4, servers: 3, snapshotEvery: 10, points: 2 },
  (c) => {
    const large = (i: number): string => `${i}`.padEnd(1500, "x");
    for (let i = 1; i <= 120; i++) c.commit(large(i), { on: 3 });
    released(c, 120, 40_000);
    const [away = 0] = c.followers();
    c.crash(away);
    for (let i = 121; i <= 160; i++) c.commit(large(i), { on: 2 });
    c.restart(away);
    c.commit(large(161), { on: 3 });
    c.crash(c.leader());
    c.leader();
    c.restart(...c.servers);
    for (let i = 162; i <= 190; i++) c.commit(large(i), { on: 3 });
    released(c, 190, 40_000);
  },
);

/** Bytes that each snapshot is larger than it need be. */
const PADDING = 4000;

// Hundreds of small commands weigh as much; so do dozens of snapshots.
scene(
  "memory does not grow with the number of commands and snapshots",
  { lab: 4, servers: 3, snapshotEvery: 10, snapshotPadding: PADDING, points: 2 },
  (c) => {
    let index = 0;
    for (let round = 0; round < 14; round++) {
      const commands = Array.from({ length: 50 }, () => `${++index}`.padEnd(100, "."));
      c.commitAll(commands, { on: 3 });
    }
    c.commit("last", { on: 3 });
    released(c, 701, 10_000, PADDING);
  },
);

// At each moment, not only when all is quiet.
scene("the logs stay short all the time", { lab: 4, servers: 3, snapshotEvery: 10, points: 2 }, (c) => {
  let leader = c.leader();
  for (let round = 0; round < 40; round++) {
    for (let i = 0; i < 5; i++) c.propose(leader);
    const index = c.commitIndex + 5;
    c.until(`applying entry ${index} everywhere`, () => {
      boundedLogs(c);
      return c.applied(index) === 3;
    });
    if (round % 10 !== 9) continue;
    c.crash(leader);
    leader = c.leader();
    c.restart(...c.servers);
    c.commit(c.fresh(), { on: 3 });
  }
  for (const server of c.servers) {
    const base = c.log(server).first - 1;
    c.expect(base > 150, COMPACTION, `200 entries are applied; the snapshot ends with ${base}`, server);
  }
});
