import type { EChartsOption, ScatterSeriesOption } from "echarts";
import { axisName, common, INK, PALE, type Plot } from "./plot";

/** A table of shares, drawn as cells that are the darker the larger the share. */
export interface Matrix {
  readonly file: string;
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly string[];
  /** Side by side, with the same rows. */
  readonly panels: readonly {
    readonly title: string;
    readonly columns: readonly string[];
    /** What the columns are. */
    readonly axis: string;
    /** By row and column, 0 to 1. */
    readonly shares: readonly (readonly number[])[];
  }[];
}

const [TOP, BOTTOM, LEFT, GAP, ROW, COLUMN] = [84, 56, 150, 28, 28, 46];

/** Draws a {@link Matrix}; every cell has its figure written in it. */
export function matrixPlot({ file, title, subtitle, rows, panels }: Matrix): Plot {
  const widths = panels.map(({ columns }) => columns.length * COLUMN);
  const lefts = widths.map((_, i) => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const height = TOP + rows.length * ROW + BOTTOM;
  const width = (lefts.at(-1) ?? LEFT) + (widths.at(-1) ?? 0) + GAP;
  const axis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const option: EChartsOption = {
    ...common(title, subtitle),
    grid: panels.map((_, i) => ({
      left: lefts[i] ?? LEFT,
      width: widths[i] ?? 0,
      top: TOP,
      height: rows.length * ROW,
      outerBoundsMode: "none",
    })),
    xAxis: panels.map(({ columns, axis: name }, i) => ({
      ...axis,
      ...axisName(name, 28),
      type: "category",
      gridIndex: i,
      data: [...columns],
    })),
    yAxis: panels.map((_, i) => ({
      ...axis,
      type: "category",
      gridIndex: i,
      data: [...rows],
      inverse: true,
      axisLabel: { show: i === 0, color: INK, fontSize: 12 },
    })),
    graphic: panels.map(({ title: text }, i) => ({
      type: "text",
      left: lefts[i] ?? LEFT,
      top: TOP - 20,
      style: { text, fill: INK, fontWeight: "bold", fontSize: 13, fontFamily: "sans-serif" },
    })),
    series: panels.map(({ shares }, i) => cells(shares, i)),
  };
  return { file, title, width, height, option };
}

function cells(shares: readonly (readonly number[])[], panel: number): ScatterSeriesOption {
  return {
    type: "scatter",
    xAxisIndex: panel,
    yAxisIndex: panel,
    silent: true,
    symbol: "rect",
    symbolSize: [COLUMN - 3, ROW - 3],
    data: shares.flatMap((row, y) =>
      row.map((share, x) => ({
        value: [x, y],
        itemStyle: { color: shade(share), borderColor: PALE, borderWidth: 1 },
        label: {
          show: true,
          formatter: share === 0 ? "no" : share === 1 ? "yes" : `${Math.round(100 * share)} %`,
          color: share > 0.5 ? "#ffffff" : INK,
          fontSize: 11,
        },
      })),
    ),
  };
}

/** From white to dark blue. */
function shade(share: number): string {
  const mix = (from: number, to: number): number => Math.round(from + (to - from) * share);
  return `rgb(${mix(255, 0)},${mix(255, 84)},${mix(255, 148)})`;
}
