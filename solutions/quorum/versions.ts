import type { Version } from "@labs/kit";

/** True if `a` is newer than `b`; anything is newer than nothing. */
export function isNewer(a: Version, b: Version | undefined): boolean {
  if (b === undefined) return true;
  return a.number > b.number || (a.number === b.number && a.writer > b.writer);
}

/** True if both name the same write. */
export function isSame(a: Version, b: Version | undefined): boolean {
  return a.number === b?.number && a.writer === b.writer;
}
