import type { Colors } from "picocolors/types";
import type { Measurement } from "../kit/scene/outcome";

const HEAD = ["", "what", "claimed", "measured", "all servers"];

/**
 * What was claimed and what was measured, in aligned columns; nothing if nothing was.
 *
 * ```text
 *   what            claimed          measured         all servers
 * ✓ ReadIndex read  1 RTT, 0 writes  1 RTT, 0 writes  2 calls, 0 writes
 * ```
 */
export function measuredLines(measured: readonly Measurement[], colors: Colors): string[] {
  if (measured.length === 0) return [];
  const rows = measured.map(({ met, what, claimed, measured: seen, inAll = "" }) => {
    return { met, cells: [met ? "✓" : "✗", what, claimed, seen, inAll] };
  });
  const widths = HEAD.map((head, i) =>
    Math.max(head.length, ...rows.map(({ cells }) => (cells[i] ?? "").length)),
  );
  const aligned = (cells: readonly string[]): string => {
    const [mark = "", ...rest] = cells.map((cell, i) => cell.padEnd(widths[i] ?? 0));
    return `${mark.padEnd(1)} ${rest.join("  ")}`.trimEnd();
  };
  return [
    colors.dim(aligned(HEAD)),
    ...rows.map(({ met, cells }) => (met ? aligned(cells) : colors.red(aligned(cells)))),
  ];
}
