import { DELAYS, type StalenessRow } from "../staleness";
import { percent, table } from "./table";

/** How many reads miss a write, by how long after its acknowledgement they begin. */
export function tellStaleness(rows: readonly StalenessRow[]): string {
  const lines = rows.map(({ system, missed, window }) => [
    system,
    ...missed.map(({ value }) => (100 * value).toFixed(value === 0 ? 0 : 1)),
    window === null ? "more" : `${window} ms`,
  ]);
  const bounds = rows.flatMap(({ system, bound }) =>
    bound === null || bound === 0 ? [] : [`${percent(bound)} for ${system}`],
  );
  const error = Math.max(...rows.flatMap(({ missed }) => missed.map(({ low, high }) => (high - low) / 2)));
  return (
    `${rows[0]?.N ?? 0} servers; of the reads that begin so many ms after a write has ended, how\nmany percent miss it?\n\n` +
    `${table(["", ...DELAYS.map((ms) => `${ms}`), "window"], lines)}\n\n` +
    `Sampled: the 95 % interval is at most ${percent(error, 1)} to each side.\n` +
    "Window: until 1 % or less miss it. If only W replicas held the write and a read\n" +
    `asked R at random: ${bounds.join(", ")}.`
  );
}
