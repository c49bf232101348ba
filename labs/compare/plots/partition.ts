import { SIDES, type PartitionRow } from "../partition";
import { matrixPlot } from "./matrix";
import type { Plot } from "./plot";

/** What each side was served while the servers were divided. */
export function plotPartition(rows: readonly PartitionRow[]): Plot[] {
  return [
    matrixPlot({
      file: "partition",
      title: "What is served during a partition",
      subtitle:
        "5 servers divided 3 : 2 for four seconds; Raft's leader was on the side of two. Shares of what\n" +
        "was due; stale: the share of the served reads that missed a later write",
      rows: rows.map(({ system }) => system),
      panels: SIDES.map((side) => ({
        title: side === "majority" ? "The side of three" : "The side of two",
        columns: ["reads", "writes", "stale"],
        badFrom: 2,
        shares: rows.map((row) => [row[side].during.read, row[side].during.write, row[side].stale]),
      })),
    }),
  ];
}
