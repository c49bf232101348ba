import type { ThroughputRow } from "../throughput";
import { line } from "./lines";
import { axisName, common, INK, PALE, type Plot } from "./plot";

const KINDS = ["read", "write"] as const;

/** Operations a second over the number of servers, beside what N times as many would be. */
export function plotThroughput(rows: readonly ThroughputRow[]): Plot[] {
  const sizes = [...new Set(rows.map(({ N }) => N))];
  const systems = [...new Set(rows.map(({ system }) => system))];
  const of = (system: string, N: number, what: "read" | "write"): number | null =>
    rows.find((row) => row.system === system && row.N === N)?.[what] ?? null;
  const title = "What more servers do to the throughput";
  const grids = [
    { left: 70, width: 320, top: 140, bottom: 60 },
    { left: 470, width: 320, top: 140, bottom: 60 },
  ];
  const ideal = (what: "read" | "write", panel: number) => {
    const one = Math.max(...systems.map((system) => of(system, sizes[0] ?? 1, what) ?? 0));
    return {
      ...line(
        "N times one server",
        0,
        sizes.map((N) => (one * N) / (sizes[0] ?? 1)),
        panel,
      ),
      color: PALE,
      symbol: "none",
      lineStyle: { type: "dashed" as const, width: 2 },
    };
  };
  return [
    {
      file: "throughput",
      title,
      width: 820,
      height: 480,
      option: {
        ...common(
          title,
          "48 clients ask as fast as they are answered; a message keeps a server busy for 0.5 ms, a save for 2 ms",
        ),
        legend: { top: 60, left: 60, width: 720, data: [...systems, "N times one server"] },
        grid: grids,
        xAxis: KINDS.map((_, i) => ({
          type: "category",
          gridIndex: i,
          data: sizes.map(String),
          ...axisName("servers", 32),
        })),
        yAxis: KINDS.map((what, i) => ({
          type: "value",
          gridIndex: i,
          min: 0,
          ...axisName(`${what}s a second`, 48),
        })),
        graphic: KINDS.map((what, i) => ({
          type: "text",
          left: grids[i]?.left ?? 0,
          top: 116,
          style: {
            text: what === "read" ? "Reads only" : "Writes only",
            fill: INK,
            fontWeight: "bold",
            fontSize: 13,
            fontFamily: "sans-serif",
          },
        })),
        series: KINDS.flatMap((what, panel) => [
          ideal(what, panel),
          ...systems.map((system, n) =>
            line(
              system,
              n,
              sizes.map((N) => of(system, N, what)),
              panel,
            ),
          ),
        ]),
      },
    },
  ];
}
