import type { KvCluster } from "../../../labs/kit/kv";

// What the scenes of Lab 5 have in common.

/** MIT's maxraftstate: with more bytes than this beside its snapshot, Raft's state is to be compacted. */
export const MAX_STATE_BYTES = 1000;

/** So many times that much may be found on a disk. */
const TIMES = 8;

/** A moment for who looks at the size now and then. */
const MOMENT = 100;

/** What is on a disk beside the snapshot is small, once all is quiet. */
export function boundedLogs(c: KvCluster, most = TIMES * MAX_STATE_BYTES): void {
  c.watch(MOMENT);
  for (const server of c.running()) {
    const bytes = c.logBytes(server);
    c.expect(
      bytes <= most,
      "The service takes a snapshot when Raft's state has grown beyond maxStateBytes (§7; MIT 6.5840, Lab 4B)",
      `the disk of server ${server} holds ${bytes} bytes beside its snapshot; the handout allows ${most}`,
      server,
    );
  }
}
