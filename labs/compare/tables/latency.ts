import type { Latency, LatencyRow } from "../latency";
import type { Estimate } from "../statistics";
import { byN, table } from "./table";

/** The median and the 99th percentile of reads and writes, for each N. */
export function tellLatency(rows: readonly LatencyRow[]): string {
  const samples = Math.min(...rows.flatMap(({ read, write }) => [read.samples, write.samples]));
  const parts = byN(rows).map(([N, ofN]) => {
    const lines = ofN.map(({ system, read, write }) => [system, ...figures(read), ...figures(write)]);
    const head = ["", "read p50", "read p99", "(95 %)", "write p50", "write p99", "(95 %)"];
    return `${N} servers, in ms\n\n${table(head, lines)}`;
  });
  return (
    `${parts.join("\n\n")}\n\n` +
    "A message takes 0.5 to 2 ms and what the heavy tail adds: one in four 2 ms or more, one in a hundred 18.\n" +
    `At least ${samples} operations a figure, by 3 readers and 3 writers; in brackets the 95 % interval of the p99.`
  );
}

function figures({ p50, p99 }: Latency): string[] {
  return [p50.value.toFixed(1), p99.value.toFixed(1), interval(p99)];
}

function interval({ low, high }: Estimate): string {
  return `${low.toFixed(0)}-${high.toFixed(0)}`;
}
