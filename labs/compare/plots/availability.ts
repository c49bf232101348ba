import type { AvailabilityRow } from "../availability";
import { matrixPlot } from "./matrix";
import type { Plot } from "./plot";
import { largest, serversText } from "./rows";

/** Who serves what, by the number of failed servers. */
export function plotAvailability(rows: readonly AvailabilityRow[]): Plot[] {
  const shown = largest(rows);
  const N = shown[0]?.N ?? 0;
  const columns = Array.from({ length: N + 1 }, (_, failed) => `${failed}`);
  const panel = (
    what: "read" | "write",
  ): { title: string; axis: string; columns: string[]; shares: (readonly number[])[] } => ({
    title: what === "read" ? "Reads" : "Writes",
    axis: "failed servers",
    columns,
    shares: shown.map((row) => row[what]),
  });
  return [
    matrixPlot({
      file: "availability",
      title: "What is served while servers are down",
      subtitle: serversText(N),
      rows: shown.map(({ system }) => system),
      panels: [panel("read"), panel("write")],
    }),
  ];
}
