import type { InstallSnapshotReply, InstallSnapshotRequest, RaftState } from "../../messages";
import { baseOf, lastEntry, termOn } from "../../state";
import type { Open, ServerMemory, State } from "./memory";

/** A server saves. */
export function compacts({ marks }: State, memory: ServerMemory, disk: RaftState | undefined): void {
  const base = baseOf(disk);
  if (base <= memory.base) return;
  memory.base = base;
  if (base === memory.offered) marks.add("snapshot-taken");
}

/**
 * A follower answers InstallSnapshot.
 *
 * @param now - what its disk holds by then
 */
export function installs(
  { marks }: State,
  open: Open,
  reply: InstallSnapshotReply,
  now: RaftState | undefined,
): void {
  const request = open.request as InstallSnapshotRequest;
  if (reply.term !== request.term) return;
  const { disk } = open;
  const { lastIncludedIndex: upTo, lastIncludedTerm } = request;
  if (upTo <= Math.max(baseOf(disk), open.applied)) {
    if (baseOf(now) === baseOf(disk)) marks.add("install-old");
    return;
  }
  if (baseOf(now) < upTo) return;
  marks.add("install-done");
  const before = lastEntry(disk).index;
  if (termOn(disk, upTo) === lastIncludedTerm) {
    if (before > upTo && lastEntry(now).index >= before) marks.add("install-suffix-kept");
  } else if (before > baseOf(disk) && now?.log.length === 0) {
    marks.add("install-log-discarded");
  }
}
