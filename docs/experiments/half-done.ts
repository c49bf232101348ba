import { checkLinearizable } from "../../labs/kit/check";
import { kv } from "../../labs/kit/check/models/kv";
import type { Consistency, QuorumCluster } from "../../labs/kit/quorum";
import type { Experiment } from "./experiment";
import { playReplicas } from "./quorum-world";
import { table } from "./table";

/** Which two of three replicas each reader reaches, one reader after the other. */
const PAIRS = [
  [1, 2],
  [0, 1],
  [1, 2],
  [0, 2],
  [1, 2],
] as const;

const PROMISES: readonly Consistency[] = ["regular", "atomic"];

/** “new” has reached server 0; readers come, one after the other; each can no longer send once it has its answer. */
function story(c: QuorumCluster): string[] {
  c.coordinator().write("x", "old");
  const writer = c.coordinator();
  for (const to of [1, 2]) c.hold({ from: writer.id, method: "store", to });
  writer.start({ kind: "write", key: "x", value: "new" });
  c.until("one replica has it", () => c.disk(0, "x")?.value === "new");
  const seen = PAIRS.map((pair) => {
    const reader = c.coordinator(...pair);
    const { value } = reader.read("x");
    for (const replica of pair) c.cut(reader.id, replica);
    c.watch(5);
    return value ?? "nothing";
  });
  const { verdict } = checkLinearizable(c.history(), kv);
  return [...seen, verdict];
}

/** What readers see of a write that has reached one replica of three. */
export const halfDone: Experiment = {
  name: "half-done",
  question: "W + R > N, and a write that has reached one replica: what do readers see?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const rows = PROMISES.map((promise) => {
      const row: string[] = [promise];
      playReplicas(
        { subject, seed, servers: 3, coordinators: 8, promise },
        (c) => void row.push(...story(c)),
      );
      return row;
    });
    const head = ["promise", ...PAIRS.map((pair) => `at ${pair.join(", ")}`), "the history is"];
    return (
      "N=3 W=2 R=2. “old” is acknowledged; “new” is under way, and on server 0 only.\n" +
      "Five readers, one after the other, each at two replicas\n\n" +
      table(head, rows, [0, 1, 2, 3, 4, 5, 6])
    );
  },
};
