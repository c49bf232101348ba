import type { Holders } from "./holders";
import { named } from "./words";

/** Quoted where somebody took replicas of an older term's entry for a commit. */
export const BY_COUNTING =
  "Only log entries from the leader's current term are committed by counting replicas (§5.4.2, Figure 8)";

/** Why an entry is not committed. */
export interface Doubt {
  readonly why: string;
  /** A majority does hold the entry, but came too late: it was counted all the same. */
  readonly counted: boolean;
}

/**
 * Says who holds an entry that is not committed, though a server in term `own` thinks so.
 *
 * @param servers - how many there are
 */
export function doubt(
  holders: Holders,
  servers: number,
  { index, term }: { readonly index: number; readonly term: number },
  own: number,
): Doubt {
  const holding = holders.holding(index, term);
  const count = `${holding.length} of ${servers}`;
  const majority = Math.floor(servers / 2) + 1;
  const hold = `${named(holding)} ${holding.length > 1 ? "hold" : "holds"} it on disk`;
  if (holding.length < majority)
    return { why: `${hold} (${count}; a majority is ${majority})`, counted: false };
  const inTime = holders.inTime(index, term);
  const few = `but while in term ${term} ${inTime.length === 0 ? "nobody" : `only ${named(inTime)}`} did`;
  if (term >= own) return { why: `${hold} (${count}), ${few}`, counted: false };
  const why =
    `${hold} (${count}), ${few}: a server without it may still win an election and overwrite it. ` +
    `It becomes committed together with the first entry of term ${own} that a majority holds`;
  return { why, counted: true };
}
