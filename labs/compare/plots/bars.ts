import type { BarSeriesOption, EChartsOption } from "echarts";
import { axisName, common, INK, type Plot } from "./plot";

/** Bars in rows, several panels side by side. */
export interface Bars {
  readonly file: string;
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly string[];
  /** The bars of each row, with their colours. */
  readonly kinds: readonly { readonly name: string; readonly color: string }[];
  readonly panels: readonly {
    readonly title: string;
    readonly axis: string;
    readonly width: number;
    /** By kind and row; null: no bar. */
    readonly values: readonly (readonly (number | null)[])[];
  }[];
}

const [TOP, BOTTOM, LEFT, GAP, BAR] = [120, 56, 150, 46, 13];

/** Draws {@link Bars}; each bar ends with its figure. */
export function barsPlot({ file, title, subtitle, rows, kinds, panels }: Bars): Plot {
  const inner = rows.length * (kinds.length * BAR + 10);
  const lefts = panels.map(
    (_, i) => LEFT + panels.slice(0, i).reduce((sum, { width }) => sum + width + GAP, 0),
  );
  const option: EChartsOption = {
    ...common(title, subtitle),
    legend: { top: 62, left: LEFT - 10, itemGap: 24, data: kinds.map(({ name }) => name) },
    grid: panels.map(({ width }, i) => ({
      left: lefts[i] ?? LEFT,
      width,
      top: TOP,
      height: inner,
      outerBoundsMode: "none",
    })),
    xAxis: panels.map(({ axis }, i) => ({
      type: "value",
      gridIndex: i,
      splitNumber: 4,
      ...axisName(axis, 30),
    })),
    yAxis: panels.map((_, i) => ({
      type: "category",
      gridIndex: i,
      inverse: true,
      data: [...rows],
      axisTick: { show: false },
      axisLabel: { show: i === 0, color: INK },
    })),
    graphic: panels.map(({ title: text }, i) => ({
      type: "text",
      left: lefts[i] ?? LEFT,
      top: TOP - 22,
      style: { text, fill: INK, fontWeight: "bold", fontSize: 13, fontFamily: "sans-serif" },
    })),
    series: panels.flatMap(({ values }, i) =>
      kinds.map(({ name, color }, n): BarSeriesOption => ({
        type: "bar",
        name,
        xAxisIndex: i,
        yAxisIndex: i,
        silent: true,
        color,
        barWidth: BAR,
        barGap: "0%",
        label: { show: true, position: "right", color: INK, fontSize: 10 },
        data: [...(values[n] ?? [])],
      })),
    ),
  };
  const width = LEFT + panels.reduce((sum, panel) => sum + panel.width + GAP, 0);
  return { file, title, width, height: TOP + inner + BOTTOM, option };
}
