import { equalPlain, type ServerId } from "../../program";
import { at, SceneFailure } from "../../scene";
import type { LogEntry } from "../messages";
import { BY_COUNTING, type Doubt } from "./doubt";
import { shown } from "./words";

/** A server hands an entry to its service. */
export interface Apply {
  readonly server: ServerId;
  readonly index: number;
  readonly entry: LogEntry;
  /** Virtual ms. */
  readonly at: number;
}

/** What one server has handed to its service in its present life. */
export interface Service {
  /** The last entry; 0 if there was none. */
  applied: number;
  /** The snapshot that was on its disk when it booted and was not restored yet: up to which entry it goes. */
  unrestored: number;
}

/** What is asked of the committed entries, for a helpful sentence. */
interface Known {
  entry(index: number): LogEntry | undefined;
  committedAt(index: number): number | undefined;
}

const IN_ORDER =
  "If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] (Figure 2, all servers)";
const RESTORE_FIRST =
  "A snapshot stands for the entries that it replaced: reset the state machine with its contents (§7, Figure 13)";
const SAME =
  "State Machine Safety: if a server has applied a log entry at a given index, no other server will ever apply " +
  "a different log entry for the same index (§5.4.3, Figure 3)";
const ONLY_COMMITTED = "Only committed entries are applied to the state machines (§5.3)";

/** True if two entries are the same, by term and command. */
export function sameEntry(a: LogEntry, b: LogEntry): boolean {
  return a.term === b.term && equalPlain(a.command, b.command);
}

/** An entry that does not follow the last one. */
export function outOfOrder(apply: Apply, { applied, unrestored }: Service): SceneFailure {
  const { index } = apply;
  if (applied === 0 && unrestored > 0) {
    const message =
      `${doing(apply)}, but this life began with a snapshot up to entry ${unrestored} on the disk: ` +
      `the service has no state yet, so hand it the snapshot first, by ctx.restore (contract)`;
    return wrong(RESTORE_FIRST, message, apply);
  }
  const last =
    applied === 0 ? "nothing was handed over in this life yet" : `the last in this life was ${applied}`;
  const missing =
    index === applied + 2 ? `entry ${applied + 1} is` : `entries ${applied + 1} to ${index - 1} are`;
  const what = index > applied ? `${missing} missing` : "it is handed over twice";
  return wrong(IN_ORDER, `${doing(apply)}, but ${last}: ${what}`, apply);
}

/** An entry that is not committed, or not yet. */
export function notCommitted(apply: Apply, commitIndex: number, { why, counted }: Doubt): SceneFailure {
  const { server, index, entry } = apply;
  const message =
    `server ${server} applies entry ${index} (term ${entry.term}, ${shown(entry.command)}) at ${at(apply.at)}, ` +
    `which is not committed (committed: up to ${commitIndex}): ${why}`;
  return wrong(counted ? BY_COUNTING : ONLY_COMMITTED, message, apply);
}

/**
 * Another entry than the one that is committed at this index.
 *
 * @param first - who applied that one first, if anybody did
 */
export function otherEntry(
  apply: Apply,
  is: LogEntry,
  known: Known,
  first: { readonly server: ServerId | undefined; readonly at: number | undefined },
): SceneFailure {
  const { index, entry } = apply;
  const since = known.committedAt(index);
  let how = "as the leader that it follows has sent it";
  if (since !== undefined) how = `committed since ${at(since)}`;
  if (first.server !== undefined && first.at !== undefined) {
    how = `server ${first.server} applied it at ${at(first.at)}`;
  }
  const slip = [index + 1, index - 1].find((other) => {
    const near = known.entry(other);
    return near !== undefined && sameEntry(near, entry);
  });
  const hint = slip === undefined ? "" : `; what it hands over is entry ${slip}: is an index off by one?`;
  const message = `${doing(apply)} as ${inWords(entry)}, but entry ${index} is ${inWords(is)}, ${how}${hint}`;
  return wrong(SAME, message, apply);
}

function doing({ server, index, at: when }: Apply): string {
  return `server ${server} applies entry ${index} at ${at(when)}`;
}

function inWords({ term, command }: LogEntry): string {
  return `${shown(command)} of term ${term}`;
}

function wrong(rule: string, message: string, { server }: Apply): SceneFailure {
  return new SceneFailure("wrong", rule, message, server);
}
