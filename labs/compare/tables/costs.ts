import type { Cost, CostRow } from "../costs";
import { byN, table } from "./table";

/** Round trips, requests, bytes and saves of one read and one write, for each N. */
export function tellCosts(rows: readonly CostRow[]): string {
  const parts = byN(rows).map(([N, ofN]) => {
    const lines = ofN.map(({ system, read, write, idleCalls }) => [
      system,
      ...pairs(read, write),
      idleCalls.toFixed(0),
    ]);
    const heads = ["RTT", "calls", "bytes", "saves"].map((what) => `${what} r/w`);
    return `${N} servers, one operation at a time\n\n${table(["", ...heads, "idle/s"], lines)}`;
  });
  return `${parts.join("\n\n")}\n\n${NOTE}`;
}

const NOTE =
  "r/w: of a read and a write; medians. RTT: round trips, the client's included.\n" +
  "Calls: requests, each with its answer. Bytes: values have 100. Saves: on all\n" +
  "disks, a coordinator's included. Idle: heartbeats, or anti-entropy every second.";

function pairs(read: Cost, write: Cost): string[] {
  return (["trips", "calls", "bytes", "writes"] as const).map((what) => `${read[what]}/${write[what]}`);
}
