import type { CustomSeriesOption, ScatterSeriesOption } from "echarts";
import type { Latency, LatencyRow } from "../latency";
import { axisName, COLOURS, common, INK, type Plot } from "./plot";
import { largest, serversText } from "./rows";

const KINDS = ["read", "write"] as const;
const [TOP, ROW] = [120, 28];

/** The median and the 99th percentile, on a scale on which ten times as long is one step. */
export function plotLatency(rows: readonly LatencyRow[]): Plot[] {
  const shown = largest(rows);
  const title = "How long clients wait, usually and in one case of a hundred";
  const grids = [
    { left: 150, width: 280, top: TOP, height: shown.length * ROW },
    { left: 460, width: 280, top: TOP, height: shown.length * ROW },
  ];
  return [
    {
      file: "latency",
      title,
      width: 760,
      height: TOP + shown.length * ROW + 60,
      option: {
        ...common(
          title,
          `${serversText(shown[0]?.N ?? 0)}; delays with a heavy tail; lines: the 95 % interval of the p99`,
        ),
        legend: { top: 60, left: 140, itemGap: 24, data: ["p50", "p99"] },
        grid: grids.map((grid) => ({ ...grid, outerBoundsMode: "none" as const })),
        xAxis: KINDS.map((_, i) => ({
          type: "log",
          gridIndex: i,
          min: 1,
          max: 200,
          ...axisName("virtual ms", 30),
        })),
        yAxis: KINDS.map((_, i) => ({
          type: "category",
          gridIndex: i,
          inverse: true,
          data: shown.map(({ system }) => system),
          axisLabel: { show: i === 0, color: INK },
          splitLine: { show: true },
        })),
        graphic: KINDS.map((what, i) => ({
          type: "text",
          left: grids[i]?.left ?? 0,
          top: TOP - 22,
          style: {
            text: what === "read" ? "Reads" : "Writes",
            fill: INK,
            fontWeight: "bold",
            fontSize: 13,
            fontFamily: "sans-serif",
          },
        })),
        series: KINDS.flatMap((what, panel) => {
          const latencies = shown.map((row) => row[what]);
          return [spans(latencies, panel), dots("p50", latencies, panel), dots("p99", latencies, panel)];
        }),
      },
    },
  ];
}

function dots(name: "p50" | "p99", latencies: readonly Latency[], panel: number): ScatterSeriesOption {
  const isMedian = name === "p50";
  return {
    type: "scatter",
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    silent: true,
    symbol: isMedian ? "circle" : "diamond",
    symbolSize: isMedian ? 10 : 12,
    itemStyle: { opacity: 1 },
    color: isMedian ? COLOURS[0] : COLOURS[1],
    data: latencies.map((latency, y) => [latency[name].value, y]),
  };
}

function spans(latencies: readonly Latency[], panel: number): CustomSeriesOption {
  return {
    type: "custom",
    xAxisIndex: panel,
    yAxisIndex: panel,
    silent: true,
    data: latencies.map(({ p99 }, y) => [p99.low, y, p99.high]),
    encode: { x: [0, 2], y: 1 },
    renderItem: (_params, api) => {
      const [low = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
      const [high = 0] = api.coord([api.value(2), api.value(1)]);
      return {
        type: "line",
        shape: { x1: low, y1: y, x2: high, y2: y },
        style: { stroke: COLOURS[1], lineWidth: 2 },
      };
    },
  };
}
