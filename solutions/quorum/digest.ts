import type { Version } from "@labs/kit";

/** FNV-1a's start and factor for 32 bits. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * Adds one key and version to the digest of a set, or takes it out again: the digest is the exclusive or of the hashes of all members, so
 * their order is of no account.
 */
export function digestOf(digest: number, key: string, { number, writer }: Version): number {
  let hash = OFFSET;
  for (const char of `${number} ${writer} ${key}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), PRIME);
  return (digest ^ stirred(hash)) >>> 0;
}

/**
 * Lets every bit decide about every other (the end of MurmurHash3). FNV-1a alone treats two keys so much alike that the changes of
 * both, from one version to another, cancel each other out once in some hundred times.
 */
function stirred(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return whole ^ (whole >>> 16);
}
