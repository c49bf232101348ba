import { isRecord, sharedPrefix, type PlainData } from "../program";
import type { LogEntry, RaftState } from "./messages";

const FORM = "save { currentTerm, votedFor, log, snapshot }";

/**
 * Says what is wrong with the form of a saved state, or nothing. Entries that were saved before are not looked at again.
 */
export function checkRaftState(state: PlainData, previous: PlainData | undefined): string | undefined {
  if (!isRecord(state)) return `the state must be an object: ${FORM}`;
  const { currentTerm, votedFor, log, snapshot } = state;
  if (!isCount(currentTerm))
    return `currentTerm must be a whole number, 0 or more; it is ${show(currentTerm)}`;
  if (votedFor !== null && !isCount(votedFor))
    return `votedFor must be a server's number or null; it is ${show(votedFor)}`;
  if (!Array.isArray(log))
    return `log must be an array of { term, command }; it is ${show(log)} (empty in Lab 1: [])`;
  const entries = log as readonly PlainData[];
  const before =
    isRecord(previous) && Array.isArray(previous.log) ? (previous.log as readonly PlainData[]) : [];
  for (let i = sharedPrefix(before, entries); i < entries.length; i++) {
    const entry = entries[i];
    if (!isRecord(entry) || !isCount(entry.term) || entry.command === undefined) {
      return `log[${i}] must be { term, command }; it is ${show(entry)} (there is no dummy entry on disk)`;
    }
  }
  if (snapshot === null) return undefined;
  if (!isRecord(snapshot) || !isCount(snapshot.lastIncludedIndex) || !isCount(snapshot.lastIncludedTerm)) {
    return `snapshot must be { lastIncludedIndex, lastIncludedTerm, data } or null; it is ${show(snapshot)}`;
  }
  return undefined;
}

/** A saved state, whose form was checked when it was saved. */
export function asRaftState(saved: PlainData | undefined): RaftState | undefined {
  return saved as RaftState | undefined;
}

/** Index and term of the last entry of a saved log; zeros if there is none (§5.4.1). */
export function lastEntry(state: RaftState | undefined): { readonly index: number; readonly term: number } {
  const entries = state?.log ?? [];
  return {
    index: baseOf(state) + entries.length,
    term: entries.at(-1)?.term ?? state?.snapshot?.lastIncludedTerm ?? 0,
  };
}

/** A log, and the snapshot that may stand for its beginning: a disk, or what a message carries. */
export type Logged = Pick<RaftState, "log" | "snapshot">;

/** The last index that a snapshot covers; 0 without one. */
export function baseOf(state: Logged | undefined): number {
  return state?.snapshot?.lastIncludedIndex ?? 0;
}

/** An entry, or undefined if the log ends before it or a snapshot replaces it. */
export function entryOn(state: Logged | undefined, index: number): LogEntry | undefined {
  return state?.log[index - baseOf(state) - 1];
}

/** The term of entry `index`: 0 before the first one, undefined if it cannot be told. */
export function termOn(state: Logged | undefined, index: number): number | undefined {
  if (index === 0) return 0;
  if (index === baseOf(state)) return state?.snapshot?.lastIncludedTerm;
  return entryOn(state, index)?.term;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function show(value: PlainData | undefined): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 60);
}
