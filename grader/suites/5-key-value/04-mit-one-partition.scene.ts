import { scene, type Client, type Entry, type KvCluster } from "../../../labs/kit/kv";
import { reads } from "./script";

const MAJORITY =
  "Only a majority answers: the others may be behind, and must not promise (§5.4, §8; MIT 6.5840, TestOnePartition)";

/** MIT lets a get of the minority complete; here it must not, either. */
function unanswered(c: KvCluster, entry: Entry, what: string): void {
  c.expect(c.pending(entry), MAJORITY, `${what} was answered in the minority`, entry.client);
}

// MIT 6.5840, TestOnePartition4A: the leader is in the minority.
scene("one partition", { lab: 5, servers: 5, clients: 4, points: 3 }, (c) => {
  const everywhere = c.client();
  everywhere.put("1", "13");
  const leader = c.leader();
  const [friend = 0, ...majority] = c.others(leader);
  c.partition([leader, friend], majority);
  const [outside, writer, reader] = [c.client(), c.client(), c.client()];
  c.connect(outside, ...majority);
  for (const inside of [writer, reader]) c.connect(inside, leader, friend);

  outside.put("1", "14");
  value(c, outside, "14");
  const put = writer.start({ kind: "put", key: "1", value: "15" });
  const get = reader.start({ kind: "get", key: "1" });
  c.watch(1000);
  unanswered(c, put, "a put");
  unanswered(c, get, "a get");
  value(c, outside, "14");
  outside.put("1", "16");
  value(c, outside, "16");

  c.heal();
  for (const inside of [writer, reader]) c.connect(inside);
  c.watch(1000);
  c.settle([put, get], 3000);
  value(c, everywhere, "15");
});

function value(c: KvCluster, client: Client, text: string): void {
  reads(c, client, "1", text, "A get sees the last change before it (§8)");
}
