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
      ...(["read", "write"] as const).flatMap((what) => at.map((one) => percent(one[what].measured, 4))),
      at.every(({ read, write }) => isSame(read) && isSame(write)) ? "yes" : "no",
    ]);
    const heads = ["reads", "writes"].flatMap((what) => uptimes.map((p) => `${what}, ${p}`));
    return (
      `${N} servers, of which so many have failed: are reads (r) and writes (w) served?\n\n` +
      `${table(["", ...failed.map(String)], served)}\n\n` +
      `The same if each server is up with probability ${uptimes.join(" or ")}, and the formula's figure?\n\n` +
      table(["", ...heads, "the formula's"], likely)
    );
  });
  return `${parts.join("\n\n")}\n\n${NOTE}`;
}

const NOTE =
  "Every set of failed servers was played; nothing was sampled, so there is no sampling error.\n" +
  "Formula: the sum of C(N,k) p^k (1-p)^(N-k) over all k that are enough (see docs/comparison.md).";

function cell(read: number, write: number): string {
  const text = `${letter("r", read)}${letter("w", write)}`;
  return text === "" ? "-" : text;
}

/** The letter if all sets of that size were served, with their share if only some were. */
function letter(what: string, share: number): string {
  if (share === 0) return "";
  return share === 1 ? what : `${what}(${percent(share)})`;
}

function isSame({ measured, formula }: Both): boolean {
  return Math.abs(measured - formula) < 1e-12;
}
