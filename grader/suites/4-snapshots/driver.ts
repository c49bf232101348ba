import { scene, type NetworkName, type RaftCluster } from "../../../labs/kit/raft";
import { after, agree } from "../2-replication/mit";

/** MIT's bound for what a server keeps beside its snapshot, in bytes. */
export const MOST_BYTES = 2000;

/** After each tenth entry the service takes a snapshot. */
export const EVERY = 10;

/** One of MIT's snapshot tests. */
export interface SnapshotTest {
  readonly name: string;
  readonly network: NetworkName;
  /** What happens to one server in each round, so that it falls behind. */
  readonly fault?: "isolate" | "crash";
}

/** MIT 6.5840, snapcommon: thirty rounds of some proposals, while one server is away. */
export function snapshotScene({ name, network, fault }: SnapshotTest): void {
  scene(name, { lab: 4, servers: 3, points: 3, network, snapshotEvery: EVERY }, (c) => {
    const random = c.random("rounds");
    agree(c, 3);
    for (let round = 0; round < 30; round++) {
      const leader = c.leader();
      const swapped = round % 3 === 1;
      const victim = swapped ? leader : after(c, leader, 1);
      const sender = swapped ? after(c, leader, 1) : leader;
      if (fault === "isolate") c.isolate(victim);
      else if (fault === "crash") c.crash(victim);
      if (fault !== undefined) agree(c, 2);
      for (let i = 5 + random.int(10); i > 0; i--) c.propose(sender);
      agree(c, fault === undefined ? 3 : 2);
      boundedLogs(c);
      if (fault === "isolate") c.rejoin(victim);
      else if (fault === "crash") c.restart(victim);
      if (fault !== undefined) agree(c, 3);
    }
  });
}

/** All that is on a disk beside the snapshot is small. */
export function boundedLogs(c: RaftCluster, most = MOST_BYTES): void {
  for (const server of c.servers) {
    const bytes = c.logBytes(server);
    c.expect(
      bytes < most,
      "A snapshot replaces the log up to its last included index (§7; Figure 12)",
      `the disk of server ${server} holds ${bytes} bytes beside its snapshot; the handout allows ${most}`,
      server,
    );
  }
}
