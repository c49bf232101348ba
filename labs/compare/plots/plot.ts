import type { EChartsOption } from "echarts";

/** A picture of some rows. */
export interface Plot {
  /** The name of its file, without the ending. */
  readonly file: string;
  /** One sentence: what is to be seen. Also for those who cannot see it. */
  readonly title: string;
  /** In pixels, as drawn; it scales. */
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

/** Okabe and Ito's colours, which people tell apart whose eyes confuse red and green; lines differ in symbol and dash, too. */
export const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"] as const;
const SYMBOLS = ["circle", "diamond", "triangle", "rect", "emptyCircle", "emptyDiamond", "arrow"] as const;
const DASHES = ["solid", "dashed", "solid", "dotted", "dashed", "solid", "dotted"] as const;

/** Text and lines that are not data. */
export const INK = "#333333";
/** Lines that are to be seen only if one looks for them. */
export const PALE = "#d9d9d9";

/** The n-th line of a picture: its colour, symbol and dash. */
export function lineStyle(n: number): {
  color: string;
  symbol: string;
  symbolSize: number;
  lineStyle: { type: "solid" | "dashed" | "dotted"; width: number };
} {
  const at = <T>(list: readonly [T, ...T[]]): T => list[n % list.length] ?? list[0];
  return {
    color: at(COLOURS),
    symbol: at(SYMBOLS),
    symbolSize: 8,
    lineStyle: { type: at(DASHES), width: 2 },
  };
}

/** What all pictures have in common: a title, a light ground, and nothing that moves or reacts. */
export function common(title: string, subtitle: string): EChartsOption {
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: "sans-serif", color: INK },
    title: {
      text: title,
      subtext: subtitle,
      left: 12,
      top: 8,
      textStyle: { fontSize: 16, color: INK },
      subtextStyle: { fontSize: 12, color: INK },
    },
  };
}

/** An axis with a name below or beside it, which says the unit. */
export function axisName(
  name: string,
  gap: number,
): {
  name: string;
  nameLocation: "middle";
  nameGap: number;
  nameTextStyle: { color: string };
  axisLabel: { color: string };
} {
  return {
    name,
    nameLocation: "middle",
    nameGap: gap,
    nameTextStyle: { color: INK },
    axisLabel: { color: INK },
  };
}
