import { scene } from "../../../labs/kit/kv";
import { boundedLogs, MAX_STATE_BYTES, reads } from "./script";

const ROUNDS = 200;

/** MIT's bound, in bytes: for one key, and one session. */
const MOST = 500;

const RULE = "A get sees the last change before it (§8)";

// MIT 6.5840, TestSnapshotSize4B.
scene(
  "snapshot size",
  { lab: 5, servers: 3, clients: 1, points: 2, share: 0.25, maxStateBytes: MAX_STATE_BYTES },
  (c) => {
    c.leader();
    const client = c.client();
    for (let i = 0; i < ROUNDS; i++) {
      for (const value of ["0", "1"]) {
        client.put("x", value);
        reads(c, client, "x", value, RULE);
      }
    }
    boundedLogs(c);
    for (const server of c.servers) {
      const bytes = c.snapshotBytes(server);
      c.expect(
        bytes > 0 && bytes <= MOST,
        `A snapshot holds the state, not the operations that led there (§7; MIT 6.5840, TestSnapshotSize: ${MOST} bytes)`,
        `after ${2 * ROUNDS} puts to one key by one client, the snapshot of server ${server} has ${bytes} bytes`,
        server,
      );
    }
  },
);
