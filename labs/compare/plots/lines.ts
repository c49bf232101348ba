import type { CustomSeriesOption, LineSeriesOption } from "echarts";
import type { Estimate } from "../statistics";
import { COLOURS, lineStyle } from "./plot";

/** The n-th line through points over categories; null leaves a gap. */
export function line(name: string, n: number, data: readonly (number | null)[]): LineSeriesOption {
  return { type: "line", name, silent: true, data: [...data], ...lineStyle(n) };
}

/** An upright bar at each category, from the low to the high end of an estimate. */
export function intervals(n: number, estimates: readonly Estimate[]): CustomSeriesOption {
  return {
    type: "custom",
    silent: true,
    data: estimates.map(({ low, high }, x) => [x, low, high]),
    renderItem: (_params, api) => {
      const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
      const [, high = 0] = api.coord([api.value(0), api.value(2)]);
      return {
        type: "line",
        shape: { x1: x, y1: low, x2: x, y2: high },
        style: { stroke: COLOURS[n % COLOURS.length] ?? COLOURS[0], lineWidth: 1 },
      };
    },
  };
}
