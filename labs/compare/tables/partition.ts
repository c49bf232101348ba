import { SIDES, type PartitionRow, type SideShares } from "../partition";
import { percent, table } from "./table";

/** What each side of a partition was served. */
export function tellPartition(rows: readonly PartitionRow[]): string {
  const during = rows.map(({ system, gapMs, ...sides }) => [
    system,
    ...SIDES.flatMap((side) => {
      const { read, write } = sides[side].during;
      return [percent(read), percent(write), percent(sides[side].stale)];
    }),
    gapMs === null ? "none" : `${gapMs} ms`,
  ]);
  const around = rows.map(({ system, majority, minority }) => [
    system,
    ...(["before", "after"] as const).map((phase) => percent(least(phase, majority, minority))),
  ]);
  const heads = ["3r", "3w", "stale", "2r", "2w", "stale", "first w"];
  return (
    "5 servers divided 3 : 2, clients on both sides: what they were served meanwhile\n\n" +
    `${table(["", ...heads], during)}\n\n` +
    "The least of these shares before the partition, and after it\n\n" +
    `${table(["", "before", "after"], around)}\n\n${NOTE}`
  );
}

const NOTE =
  "3r, 2r: reads on the side of three, and of two (where Raft's leader was).\n" +
  "3w, 2w: writes. Served: answered within a second, of those that were due.\n" +
  "Stale: of the reads that were served, those that missed a later write of either\n" +
  "side. First w: from the cut until the side of three has a write acknowledged.";

function least(phase: "before" | "after", ...sides: readonly SideShares[]): number {
  return Math.min(...sides.flatMap((side) => [side[phase].read, side[phase].write]));
}
