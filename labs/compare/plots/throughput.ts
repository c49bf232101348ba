import { CLIENTS, SERVICE, type ThroughputRow } from "../throughput";
import { barsPlot } from "./bars";
import type { Plot } from "./plot";

/** From few servers to many: lighter to darker, in one colour. */
const SHADES = ["#bfe0f5", "#7fbfe4", "#3f8fc9", "#00548f"] as const;

/** Operations a second by the number of servers, below what n times one server would be. */
export function plotThroughput(rows: readonly ThroughputRow[]): Plot[] {
  const sizes = [...new Set(rows.map(({ N }) => N))];
  const systems = [...new Set(rows.map(({ system }) => system))];
  const panel = (
    what: "read" | "write",
  ): { title: string; axis: string; width: number; values: (number | null)[][] } => {
    const of = (system: string, N: number): number | null => {
      const row = rows.find((each) => each.system === system && each.N === N);
      return row === undefined ? null : Math.round(row[what]);
    };
    const [first = 1] = sizes;
    const one = Math.max(...systems.map((system) => of(system, first) ?? 0));
    return {
      title: what === "read" ? "Reads only" : "Writes only",
      axis: `${what}s a second`,
      width: 250,
      values: sizes.map((N) => [(one * N) / first, ...systems.map((system) => of(system, N))]),
    };
  };
  return [
    barsPlot({
      file: "throughput",
      title: "What more servers do to the throughput",
      subtitle:
        `${CLIENTS} clients ask as fast as they are answered; ` +
        `a message keeps a server busy for ${SERVICE.perInput} ms, a save for ${SERVICE.perSave} ms`,
      rows: ["n times the best one", ...systems],
      kinds: sizes.map((N, i) => ({ name: `n = ${N}`, color: SHADES[i % SHADES.length] ?? SHADES[0] })),
      panels: [panel("read"), panel("write")],
    }),
  ];
}
