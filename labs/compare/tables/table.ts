import Table from "cli-table3";

const BARE = {
  ...Object.fromEntries(["top", "bottom", "left", "right"].map((side) => [side, ""])),
  ...Object.fromEntries(
    ["top", "bottom"].flatMap((side) => ["mid", "left", "right"].map((at) => [`${side}-${at}`, ""])),
  ),
  ...Object.fromEntries(["left-mid", "mid", "mid-mid", "right-mid"].map((at) => [at, ""])),
  middle: "  ",
};

/** Columns of text without lines between them: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    chars: BARE,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const row of rows) made.push([...row]);
  const lines = made.toString().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** Rows by their number of servers, in the order in which they come. */
export function byN<Row extends { readonly N: number }>(
  rows: readonly Row[],
): readonly (readonly [N: number, rows: readonly Row[]])[] {
  const sizes = [...new Set(rows.map(({ N }) => N))];
  return sizes.map((N) => [N, rows.filter((row) => row.N === N)]);
}

/** A share in percent, with as many decimals as it takes to tell it from 0 and 100. */
export function percent(share: number, decimals = 0): string {
  return `${(100 * share).toFixed(decimals)} %`;
}
