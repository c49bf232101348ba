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

/** A value as messages show it: long texts are cut. */
export function tellValue(value: string | null): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** E.g. `version 2 of C5`. */
export function tellVersion(version: Version | null): string {
  return version === null ? "nothing" : `version ${version.number} of C${version.writer}`;
}
