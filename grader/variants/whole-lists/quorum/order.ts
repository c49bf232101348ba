import type { Version } from "@labs/kit";

/** By number, and equal numbers by writer; anything is newer than nothing. */
export function isNewer(a: Version, b: Version | undefined): boolean {
  if (b === undefined) return true;
  return a.number > b.number || (a.number === b.number && a.writer > b.writer);
}
