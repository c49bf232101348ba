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
  const heads = ["maj. r", "w", "stale r", "min. r", "w", "stale r", "first w"];
  return (
    "5 servers divided 3 : 2, clients on both sides; what they were served during the partition\n\n" +
    `${table(["", ...heads], during)}\n\n` +
    "The least of these shares before the partition, and after it\n\n" +
    `${table(["", "before", "after"], around)}\n\n${NOTE}`
  );
}

const NOTE =
  "maj., min.: the side of three, the side of two (with Raft's old leader). r, w: reads and writes answered within\n" +
  "a second, of those that were due. Stale: answered, but without a write that was acknowledged, on either\n" +
  "side, and later. First w: after the cut, until the majority's side has a write acknowledged.";

function least(phase: "before" | "after", ...sides: readonly SideShares[]): number {
  return Math.min(...sides.flatMap((side) => [side[phase].read, side[phase].write]));
}
