import { init } from "echarts";
import type { Plot } from "./plot";

/** Draws a picture as an SVG file that stands by itself: no scripts, nothing to load. The same plot gives the same bytes. */
export function renderSvg(plot: Plot): string {
  const { width, height, option, file, title } = plot;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    const drawn = chart
      .renderToSVGString({ useViewBox: true })
      .replace(/<style[^]*?<\/style>\s*/g, "") // what happens under a mouse
      .replace(/ class="[^"]*"/g, "")
      .replaceAll(/zr\d+-/g, `${file}-`) // counted for each picture that the process has drawn
      .replace(/(<svg [^>]*>)/, `$1\n<title>${escape(title)}</title>`);
    return `${drawn}\n`;
  } finally {
    chart.dispose();
  }
}

/** Makes a text fit for HTML and XML. */
export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
