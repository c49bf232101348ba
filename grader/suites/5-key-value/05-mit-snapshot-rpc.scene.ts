import { scene } from "../../../labs/kit/kv";
import { boundedLogs, MAX_STATE_BYTES, reads } from "./script";

const PUTS = 50;
const RULE =
  "Who is behind gets the snapshot, and what it says is what was acknowledged (§7; MIT 6.5840, TestSnapshotRPC)";

// MIT 6.5840, TestSnapshotRPC4B: whoever was away has to get a snapshot, and is then needed for a majority.
scene("snapshot RPC", { lab: 5, servers: 3, clients: 4, points: 2, maxStateBytes: MAX_STATE_BYTES }, (c) => {
  const before = c.client();
  before.put("a", "A");
  reads(c, before, "a", "A", RULE);

  c.partition([0, 1], [2]);
  const first = c.client(0, 1);
  for (let i = 0; i < PUTS; i++) first.put(`${i}`, `${i}`);
  c.watch(1000);
  first.put("b", "B");
  boundedLogs(c);

  c.partition([0, 2], [1]);
  const second = c.client(0, 2);
  second.put("c", "C");
  second.put("d", "D");
  for (const [key, value] of [
    ["a", "A"],
    ["b", "B"],
    ["1", "1"],
    ["49", "49"],
  ] as const) {
    reads(c, second, key, value, RULE);
  }

  c.heal();
  const last = c.client();
  last.put("e", "E");
  for (const [key, value] of [
    ["c", "C"],
    ["e", "E"],
    ["1", "1"],
  ] as const) {
    reads(c, last, key, value, RULE);
  }
});
