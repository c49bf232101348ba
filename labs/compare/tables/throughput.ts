import { CLIENTS, SERVICE, type ThroughputRow } from "../throughput";
import { table } from "./table";

/** Operations a second by the number of servers. */
export function tellThroughput(rows: readonly ThroughputRow[]): string {
  const sizes = [...new Set(rows.map(({ N }) => N))];
  const systems = [...new Set(rows.map(({ system }) => system))];
  const lines = systems.map((system) => [
    system,
    ...(["read", "write"] as const).flatMap((what) =>
      sizes.map((N) => {
        const row = rows.find((each) => each.system === system && each.N === N);
        return row === undefined ? "" : row[what].toFixed(0);
      }),
    ),
  ]);
  const heads = ["r", "w"].flatMap((what) => sizes.map((N, i) => (i === 0 ? `${what}, N=${N}` : `${N}`)));
  return (
    `Operations a second, by the number of servers\n\n${table(["", ...heads], lines)}\n\n` +
    `r: reads only, w: writes only; ${CLIENTS} clients ask as fast as they are answered.\n` +
    `A server is busy for ${SERVICE.perInput} ms with each message and for ${SERVICE.perSave} ms with each save.`
  );
}
