import type { BarSeriesOption } from "echarts";
import type { CostRow } from "../costs";
import { axisName, COLOURS, common, INK, type Plot } from "./plot";
import { largest, serversText } from "./rows";

const PANELS = [
  { what: "calls", title: "Calls" },
  { what: "writes", title: "Saves" },
  { what: "trips", title: "Round trips" },
] as const;
const [TOP, ROW, WIDTH, GAP, LEFT] = [120, 34, 180, 30, 150];

/** Calls, saves and round trips of one read and one write. */
export function plotCosts(rows: readonly CostRow[]): Plot[] {
  const shown = largest(rows);
  const title = "What one operation costs";
  const left = (i: number): number => LEFT + i * (WIDTH + GAP);
  return [
    {
      file: "costs",
      title,
      width: left(PANELS.length) + 10,
      height: TOP + shown.length * ROW + 60,
      option: {
        ...common(title, `${serversText(shown[0]?.N ?? 0)}; one operation at a time, nothing fails`),
        legend: { top: 60, left: LEFT - 10, data: ["read", "write"] },
        grid: PANELS.map((_, i) => ({
          left: left(i),
          width: WIDTH,
          top: TOP,
          height: shown.length * ROW,
          outerBoundsMode: "none",
        })),
        xAxis: PANELS.map((_, i) => ({
          type: "value",
          gridIndex: i,
          minInterval: 1,
          ...axisName("for one operation", 30),
        })),
        yAxis: PANELS.map((_, i) => ({
          type: "category",
          gridIndex: i,
          inverse: true,
          data: shown.map(({ system }) => system),
          axisLabel: { show: i === 0, color: INK },
        })),
        graphic: PANELS.map(({ title: text }, i) => ({
          type: "text",
          left: left(i),
          top: TOP - 22,
          style: { text, fill: INK, fontWeight: "bold", fontSize: 13, fontFamily: "sans-serif" },
        })),
        series: PANELS.flatMap(({ what }, i) =>
          (["read", "write"] as const).map((kind, n): BarSeriesOption => ({
            type: "bar",
            name: kind,
            xAxisIndex: i,
            yAxisIndex: i,
            silent: true,
            color: COLOURS[n] ?? COLOURS[0],
            barGap: "10%",
            label: { show: true, position: "right", color: INK, fontSize: 10 },
            data: shown.map((row) => row[kind][what]),
          })),
        ),
      },
    },
  ];
}
