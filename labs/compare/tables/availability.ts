import type { AvailabilityRow, Both } from "../availability";
import { byN, percent, table } from "./table";

/** What is served by the number of failed servers, and how likely that is, for each N. */
export function tellAvailability(rows: readonly AvailabilityRow[]): string {
  const parts = byN(rows).map(([N, ofN]) => {
    const failed = Array.from({ length: N + 1 }, (_, i) => i);
    const served = ofN.map(({ system, read, write }) => [
      system,
      ...failed.map((i) => cell(read[i] ?? 0, write[i] ?? 0)),
    ]);
    const uptimes = ofN[0]?.at.map(({ p }) => p) ?? [];
    const likely = ofN.map(({ system, at }) => [
      system,
      ...(["read", "write"] as const).flatMap((what) => at.map((one) => probability(one[what].measured))),
      at.every(({ read, write }) => isSame(read) && isSame(write)) ? "yes" : "no",
    ]);
    const heads = ["r", "w"].flatMap((what) => uptimes.map((p) => `${what}, ${p}`));
    return (
      `${N} servers, of which so many have failed: are reads (r) and writes (w) served?\n\n` +
      `${table(["", ...failed.map(String)], served)}\n\n` +
      `Probability of that if each server is up with ${uptimes.join(" or ")}; as by the formula?\n\n` +
      table(["", ...heads, "formula"], likely)
    );
  });
  return `${parts.join("\n\n")}\n\n${NOTE}`;
}

const NOTE =
  "Every set of failed servers was played: nothing was sampled, the error is 0.\n" +
  "Formula: C(N,k) p^k (1-p)^(N-k), summed over all k that are enough.";

function cell(read: number, write: number): string {
  const text = `${letter("r", read)}${letter("w", write)}`;
  return text === "" ? "-" : text;
}

/** The letter if all sets of that size were served, with their share if only some were. */
function letter(what: string, share: number): string {
  if (share === 0) return "";
  return share === 1 ? what : `${what}(${percent(share)})`;
}

/** A probability; how little is missing, where that is all that is to be seen. */
function probability(p: number): string {
  return p < 1 && p > 0.999999 ? `1 - ${(1 - p).toExponential(0)}` : p.toFixed(6);
}

function isSame({ measured, formula }: Both): boolean {
  return Math.abs(measured - formula) < 1e-12;
}
