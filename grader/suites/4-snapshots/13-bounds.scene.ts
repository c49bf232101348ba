import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { boundedLogs } from "./driver";

const COMPACTION = "A snapshot replaces the log up to its last included index (§7; Figure 12)";

/** The handout's bound for what a program keeps in its fields: so many times what is on its disk, and some more. */
const TIMES = 4;
const MORE = 20_000;

/** What is left of the log is small, so something was discarded; and it has left the memory, too. */
function released(c: RaftCluster, index: number, most: number): void {
  for (const server of c.servers) {
    const [disk, memory] = [c.logBytes(server), c.memory(server)];
    const base = c.log(server).first - 1;
    c.expect(
      base > index - 30,
      COMPACTION,
      `entry ${index} is applied; the snapshot ends with ${base}`,
      server,
    );
    c.expect(
      disk < most && memory <= TIMES * disk + MORE,
      "What a snapshot replaced is released: memory and disk stay bounded (§7; handout)",
      `server ${server} has ${disk} bytes beside its snapshot on the disk, and ${memory} bytes in its fields, ` +
        `at entry ${index}; the handout allows ${TIMES} times what is on the disk and ${MORE}`,
      server,
    );
  }
}

scene(
  "memory for discarded entries is released",
  { lab: 4, servers: 3, snapshotEvery: 10, points: 4 },
  (c) => {
    const large = (i: number): string => `${i}`.padEnd(1500, "x");
    for (let i = 1; i <= 200; i++) c.commit(large(i), { on: 3 });
    released(c, 200, 40_000);
    const [away = 0] = c.followers();
    c.crash(away);
    for (let i = 201; i <= 260; i++) c.commit(large(i), { on: 2 });
    c.restart(away);
    c.commit(large(261), { on: 3 });
    c.crash(c.leader());
    c.leader();
    c.restart(...c.servers);
    for (let i = 262; i <= 300; i++) c.commit(large(i), { on: 3 });
    released(c, 300, 40_000);
  },
);

// Thousands of small ones weigh as much.
scene(
  "memory does not grow with the number of commands",
  { lab: 4, servers: 3, snapshotEvery: 10, points: 2 },
  (c) => {
    let index = 0;
    for (let round = 0; round < 40; round++) {
      const commands = Array.from({ length: 50 }, () => ++index);
      c.commitAll(commands, { on: 3 });
    }
    c.commit("last", { on: 3 });
    released(c, 2001, 10_000);
  },
);

// At each moment, not only when all is quiet.
scene("the logs stay short all the time", { lab: 4, servers: 3, snapshotEvery: 10, points: 3 }, (c) => {
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
