import type { Version } from "./messages";

/** Negative if `a` is older than `b`, 0 if they are the same; nothing at all is older than anything. */
export function compareVersions(a: Version | null, b: Version | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return a.number - b.number || a.writer - b.writer;
}

/** True if `a` is `b` or newer. */
export function atLeast(a: Version | null, b: Version | null): boolean {
  return compareVersions(a, b) >= 0;
}

/** E.g. `2 of C5`. */
export function tellVersion(version: Version | null): string {
  return version === null ? "nothing" : `version ${version.number} of C${version.writer}`;
}
