import { DELAYS, type StalenessRow } from "../staleness";
import { intervals, line } from "./lines";
import { axisName, common, type Plot } from "./plot";

/** How many reads miss a write, by how long after it they begin. */
export function plotStaleness(rows: readonly StalenessRow[]): Plot[] {
  const most = Math.max(...rows.flatMap(({ missed }) => missed.map(({ high }) => high)));
  const title = "How many reads miss a write that was acknowledged";
  return [
    {
      file: "staleness",
      title,
      width: 760,
      height: 420,
      option: {
        ...common(
          title,
          `${rows[0]?.N ?? 0} servers, delays with a heavy tail; upright lines: 95 % intervals`,
        ),
        grid: { left: 70, right: 20, top: 110, bottom: 60 },
        legend: { top: 60, left: 60, itemGap: 24, data: rows.map(({ system }) => system) },
        xAxis: {
          type: "category",
          data: DELAYS.map(String),
          ...axisName("ms from the acknowledgement of the write to the call of the read", 32),
        },
        yAxis: {
          type: "value",
          min: 0,
          max: Math.ceil(10 * most) * 10,
          ...axisName("reads that miss it, in percent", 42),
        },
        series: rows.flatMap(({ system, missed }, n) => [
          line(
            system,
            n,
            missed.map(({ value }) => 100 * value),
          ),
          intervals(
            n,
            missed.map(({ value, low, high }) => ({ value, low: 100 * low, high: 100 * high })),
          ),
        ]),
      },
    },
  ];
}
