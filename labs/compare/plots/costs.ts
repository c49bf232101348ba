import type { CostRow } from "../costs";
import { barsPlot } from "./bars";
import { COLOURS, type Plot } from "./plot";
import { largest, serversText } from "./rows";

const PANELS = [
  { what: "calls", title: "Calls" },
  { what: "writes", title: "Saves" },
  { what: "trips", title: "Round trips" },
] as const;

/** Calls, saves and round trips of one read and one write. */
export function plotCosts(rows: readonly CostRow[]): Plot[] {
  const shown = largest(rows);
  return [
    barsPlot({
      file: "costs",
      title: "What one operation costs",
      subtitle: `${serversText(shown[0]?.N ?? 0)}; one operation at a time, nothing fails`,
      rows: shown.map(({ system }) => system),
      kinds: [
        { name: "read", color: COLOURS[0] },
        { name: "write", color: COLOURS[1] },
      ],
      panels: PANELS.map(({ what, title }) => ({
        title,
        axis: "for one operation",
        width: 170,
        values: [shown.map(({ read }) => read[what]), shown.map(({ write }) => write[what])],
      })),
    }),
  ];
}
