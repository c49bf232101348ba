import type { Latency, LatencyRow } from "../latency";
import type { Estimate } from "../statistics";
import { byN, table } from "./table";

/** The median and the 99th percentile of reads and writes, for each N. */
export function tellLatency(rows: readonly LatencyRow[]): string {
  const samples = Math.min(...rows.flatMap(({ read, write }) => [read.samples, write.samples]));
  const parts = byN(rows).map(([N, ofN]) => {
    const lines = ofN.map(({ system, read, write }) => [system, ...figures(read), ...figures(write)]);
    const head = ["", "r p50", "p99", "(95 %)", "w p50", "p99", "(95 %)"];
    return `${N} servers, in ms\n\n${table(head, lines)}`;
  });
  return (
    `${parts.join("\n\n")}\n\n` +
    "3 readers, 3 writers. A message takes 0.5 to 2 ms and what the heavy tail adds:\n" +
    "for one in four 2 ms or more, for one in a hundred 18. In brackets: the 95 %\n" +
    `interval of the p99, which is sampled from at least ${samples} operations.`
  );
}

function figures({ p50, p99 }: Latency): string[] {
  return [p50.value.toFixed(1), p99.value.toFixed(1), interval(p99)];
}

function interval({ low, high }: Estimate): string {
  return `${low.toFixed(0)}-${high.toFixed(0)}`;
}
