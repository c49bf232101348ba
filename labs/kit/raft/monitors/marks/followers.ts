import type { ServerId } from "../../../program";
import type { AppendEntriesReply, AppendEntriesRequest, RaftState } from "../../messages";
import { baseOf, lastEntry, termOn } from "../../state";
import { endOfCall, type Open, type ServerMemory, type State } from "./memory";

/**
 * A follower answers AppendEntries.
 *
 * @param now - what its disk holds by then
 */
export function answers(
  state: State,
  server: ServerId,
  memory: ServerMemory,
  open: Open,
  reply: AppendEntriesReply,
  now: RaftState | undefined,
): void {
  const { marks } = state;
  const request = open.request as AppendEntriesRequest;
  if (request.term < (open.disk?.currentTerm ?? 0)) {
    if (!reply.success) marks.add("append-old-term");
    return;
  }
  if (reply.term !== request.term) return;
  if (memory.wasLeader) marks.add("leader-restarts");
  if (memory.asked === request.term && memory.leads !== request.term) marks.add("candidate-yields");
  if (reply.success) accepts(state, server, memory, open, request, now);
  else refuses(state, open, request);
}

function refuses(
  { marks }: State,
  { disk }: Open,
  { prevLogIndex, prevLogTerm }: AppendEntriesRequest,
): void {
  if (prevLogIndex > lastEntry(disk).index) marks.add("append-missing-prev");
  const term = termOn(disk, prevLogIndex);
  if (term !== undefined && term !== prevLogTerm) marks.add("append-conflicting-prev");
}

function accepts(
  state: State,
  server: ServerId,
  memory: ServerMemory,
  { disk }: Open,
  request: AppendEntriesRequest,
  now: RaftState | undefined,
): void {
  const { marks } = state;
  const end = endOfCall(request);
  if (request.prevLogIndex < baseOf(disk)) marks.add("append-inside-snapshot");
  if (request.leaderCommit > end) marks.add("commit-limited");
  const commit = Math.min(request.leaderCommit, end);
  if (commit > memory.heardCommit) {
    memory.heardCommit = commit;
    if (request.entries.length === 0) marks.add("commit-by-heartbeat");
  }
  if (request.entries.length > 0) takes(state, server, disk, request, now);
}

/** What became of the entries, by comparing the disk before and after. */
function takes(
  { marks, leaders }: State,
  server: ServerId,
  disk: RaftState | undefined,
  { prevLogIndex, entries }: AppendEntriesRequest,
  now: RaftState | undefined,
): void {
  const before = lastEntry(disk).index;
  const end = prevLogIndex + entries.length;
  let there = 0;
  for (const [i, { term }] of entries.entries()) {
    const index = prevLogIndex + 1 + i;
    if (index > before) break;
    const old = termOn(disk, index);
    if (old === undefined) continue; // a snapshot covers it
    if (old === term) {
      there++;
      continue;
    }
    if (termOn(now, index) !== term) return; // not what the rule asks for
    marks.add("conflict-removed");
    if (leaders.get(old) === server) marks.add("own-entry-lost");
    return;
  }
  if (there === 0) return;
  marks.add("duplicate-kept");
  if (end < before && lastEntry(now).index >= before) marks.add("short-late-kept");
}
