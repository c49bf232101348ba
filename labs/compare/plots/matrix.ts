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
    /** What the columns are, if they do not say so themselves. */
    readonly axis?: string;
    /** From this column on, more is worse. */
    readonly badFrom?: number;
    /** By row and column, 0 to 1. */
    readonly shares: readonly (readonly number[])[];
  }[];
}

const [TOP, BOTTOM, LEFT, GAP, ROW, COLUMN] = [100, 56, 150, 28, 28, 46];

/** At least; titles need room. */
const WIDTH = 640;

/** Draws a {@link Matrix}; every cell has its figure written in it. */
export function matrixPlot({ file, title, subtitle, rows, panels }: Matrix): Plot {
  const widths = panels.map(({ columns }) => columns.length * COLUMN);
  const lefts = widths.map((_, i) => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const height = TOP + rows.length * ROW + BOTTOM;
  const width = Math.max(WIDTH, (lefts.at(-1) ?? LEFT) + (widths.at(-1) ?? 0) + GAP);
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
    xAxis: panels.map(({ columns, axis: name = "" }, i) => ({
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
    series: panels.map(({ shares, badFrom = Infinity }, i) => cells(shares, i, badFrom)),
  };
  return { file, title, width, height, option };
}

function cells(shares: readonly (readonly number[])[], panel: number, badFrom: number): ScatterSeriesOption {
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
        itemStyle: {
          color: shade(share, x >= badFrom ? BAD : GOOD),
          opacity: 1,
          borderColor: PALE,
          borderWidth: 1,
        },
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

type Rgb = readonly [red: number, green: number, blue: number];
const GOOD: Rgb = [0, 84, 148];
const BAD: Rgb = [190, 70, 0];

/** From white to the colour. */
function shade(share: number, colour: Rgb): string {
  return `rgb(${colour.map((full) => Math.round(255 + (full - 255) * share)).join(",")})`;
}
