import { equalPlain, sharedPrefix, textOfPlain, type PlainData } from "../../program";
import type { WorldView } from "../../sim";
import type { AppendEntriesRequest, InstallSnapshotRequest, RaftState } from "../messages";
import { asRaftState, baseOf, entryOn, lastEntry, termOn } from "../state";

/** What the monitors of logs ask of the one global fact “committed”; `CommitMonitor` knows it. */
export interface Commits {
  /** The highest committed index. */
  readonly commitIndex: number;
  entry(index: number): { readonly term: number; readonly command: PlainData } | undefined;
  /** The term in which it became committed. */
  committedIn(index: number): number | undefined;
}

/** Figure 2's word on what a success promises. */
export const DURABLE_LOG =
  "log[] is persistent state: on stable storage before responding to RPCs (Figure 2, AppendEntries receiver 4)";

/** When a follower removes entries, and when only. */
export const CONFLICT =
  "If an existing entry conflicts with a new one (same index but different terms), delete the existing entry and all " +
  "that follow it: then, and only then (Figure 2, AppendEntries receiver 3; §5.3)";

/** True if the disk holds that entry, or a snapshot that covers it. */
export function holds(state: RaftState | undefined, index: number, term: number): boolean {
  return index <= baseOf(state) || termOn(state, index) === term;
}

/** From this index on a save may differ from the one before: all below is the same. */
export function firstNew(before: RaftState | undefined, after: RaftState): number {
  const base = baseOf(after);
  // Compaction costs what remains.
  if (before === undefined || baseOf(before) !== base || termOn(before, base) !== termOn(after, base))
    return base + 1;
  return base + 1 + sharedPrefix(before.log, after.log);
}

/** The lowest entry of one save that the next neither holds (in that term) nor covers by its snapshot. */
export function firstLost(before: RaftState | undefined, after: RaftState): number | undefined {
  if (before === undefined) return undefined;
  const { index: last } = lastEntry(before);
  const from = Math.max(firstNew(before, after), baseOf(before) + 1);
  for (let i = from; i <= last; i++) if (termOn(after, i) !== termOn(before, i)) return i;
  return undefined;
}

/** Calls `visit` for each index of which a leader's message tells the term; index 0 is no entry. */
export function visitClaims(
  method: string,
  request: PlainData,
  visit: (index: number, term: number) => void,
): void {
  if (method === "appendEntries") {
    const { prevLogIndex, prevLogTerm, entries } = request as AppendEntriesRequest;
    if (prevLogIndex > 0) visit(prevLogIndex, prevLogTerm);
    for (let i = 0; i < entries.length; i++) visit(prevLogIndex + 1 + i, entries[i]?.term ?? 0);
  } else if (method === "installSnapshot") {
    const { lastIncludedIndex, lastIncludedTerm } = request as InstallSnapshotRequest;
    if (lastIncludedIndex > 0) visit(lastIncludedIndex, lastIncludedTerm);
  }
}

/** Words for a save that took the log and the snapshot apart, if that is what it looks like. */
export function shifted(before: RaftState | undefined, after: RaftState): string {
  const first = after.log[0];
  if (before === undefined || first === undefined) return "";
  const place = baseOf(after) + 1;
  if (equalPlain(entryOn(before, place), first)) return "";
  const was = before.log.findIndex((entry) => equalPlain(entry, first));
  if (was < 0) return "";
  return (
    `; log[0] was entry ${baseOf(before) + 1 + was} in the save before and would now be entry ${place}, one after ` +
    `lastIncludedIndex: save log and snapshot together`
  );
}

/** The servers, puppets not counted, whose disk holds that entry, or a snapshot that covers it, as words. */
export function holders(world: WorldView, index: number, term: number): string {
  const ids = world.servers.filter(
    (id) => !world.isPuppet(id) && holds(asRaftState(world.saved(id)), index, term),
  );
  if (ids.length === 0) return "no disk holds it now";
  return `on the disk of server${ids.length === 1 ? "" : "s"} ${ids.join(", ")}`;
}

/** A command as messages show it. */
export function show(command: PlainData): string {
  const text = textOfPlain(command);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
