import { isRecord, type PlainData } from "../program";
import type { ReplicaState, Versioned } from "./messages";

const FORM = "save { entries: { [key]: { version: { number, writer }, value } } }";

/**
 * Says what is wrong with the form of a replica's saved state, or nothing. Entries that were saved before are not looked at again.
 */
export function checkReplicaState(state: PlainData, previous: PlainData | undefined): string | undefined {
  if (!isRecord(state) || !isRecord(state.entries ?? null))
    return `entries must be an object by key: ${FORM}`;
  const before = isRecord(previous) ? (previous.entries as { readonly [key: string]: PlainData }) : {};
  for (const [key, entry] of Object.entries(state.entries as { readonly [key: string]: PlainData })) {
    if (before[key] === entry) continue;
    const problem = versionedProblem(entry);
    if (problem !== undefined) return `entries[${JSON.stringify(key)}] ${problem}: ${FORM}`;
  }
  return undefined;
}

/** A saved state, whose form was checked when it was saved. */
export function asReplicaState(saved: PlainData | undefined): ReplicaState | undefined {
  return saved as ReplicaState | undefined;
}

/** What a replica's disk holds of a key. */
export function heldOn(saved: PlainData | undefined, key: string): Versioned | null {
  const entries = asReplicaState(saved)?.entries;
  return entries !== undefined && Object.hasOwn(entries, key) ? (entries[key] ?? null) : null;
}

/** What is wrong with the form of a value and its version; nothing if it is right. */
export function versionedProblem(entry: PlainData | undefined): string | undefined {
  if (!isRecord(entry ?? null)) return "must be { version, value }";
  const { version, value } = entry as { readonly [field: string]: PlainData };
  const problem = versionProblem(version);
  if (problem !== undefined) return problem;
  return value === null || typeof value === "string" ? undefined : "needs value, a text or null";
}

/** The same for a version alone. */
export function versionProblem(version: PlainData | undefined): string | undefined {
  if (!isRecord(version ?? null)) return "needs version, { number, writer }";
  const { number, writer } = version as { readonly [field: string]: PlainData };
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) {
    return "needs version.number, a whole number, 1 or more";
  }
  return Number.isInteger(writer) ? undefined : "needs version.writer, the number of a coordinator";
}
