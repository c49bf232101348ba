import type { EChartsOption } from "echarts";
import { html as template } from "@remix-run/html-template";
import { renderSvg } from "../../labs/compare/plots/render";
import { type Html, html, visible } from "./html";

/** Students by their share of the points of a lab. */
export interface Histogram {
  /** Of this chart alone on its page. */
  readonly id: string;
  readonly title: string;
  /** From the lowest tenth to the highest, and last those with all points. */
  readonly counts: readonly number[];
  /** The highest bar of all charts beside it, so that they have one scale. */
  readonly highest: number;
}

const LABELS = ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "all"];

// Custom properties of style/base.css, which know light from dark.
const [INK, FILL, AXIS] = ["var(--quiet)", "var(--accent)", "var(--line)"];

/** Draws a {@link Histogram}. The page has the figures in a table, too. */
export function histogram({ id, title, counts, highest }: Histogram): Html {
  const option: EChartsOption = {
    animation: false,
    grid: { left: 4, right: 4, top: 22, bottom: 24, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      data: LABELS,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: AXIS } },
      axisLabel: { color: INK, interval: 0, fontSize: 11 },
    },
    yAxis: { type: "value", show: false, min: 0, max: Math.max(1, highest) },
    series: [
      {
        type: "bar",
        silent: true,
        barCategoryGap: "18%",
        itemStyle: { color: FILL },
        label: { show: true, position: "top", color: INK, fontSize: 11, textBorderWidth: 0 },
        data: counts.map((count) => (count === 0 ? null : count)),
      },
    ],
  };
  const told = LABELS.map((label, i) => `${label}${label === "all" ? "" : " %"}: ${counts[i] ?? 0}`).join(
    ", ",
  );
  const svg = renderSvg({
    file: id,
    title: visible(`${title}; students by share of the points. ${told}`),
    width: 340,
    height: 150,
    option,
  });
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${template.raw`${withoutStyles(svg)}`}
  </figure> `;
}

/** The policy of a page forbids style attributes; the sheet of the page has the fonts. In texts, quotes are escaped. */
function withoutStyles(svg: string): string {
  return svg.replaceAll(/ style="[^"]*"/g, "").replace("<svg ", '<svg class="chart" role="img" ');
}
