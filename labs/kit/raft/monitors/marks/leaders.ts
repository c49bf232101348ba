import type { PlainData, ServerId } from "../../../program";
import type { WorldView } from "../../../trace";
import type { AppendEntriesReply, AppendEntriesRequest, RaftState } from "../../messages";
import { asRaftState, lastEntry, termOn } from "../../state";
import { endOfCall, type Follower, type ServerMemory, type State } from "./memory";

/** A call of a leader, and what came back. */
export interface Answered {
  readonly from: ServerId;
  readonly request: AppendEntriesRequest;
  readonly reply: AppendEntriesReply;
}

/** A server acts as leader of `term`. */
export function leads(state: State, server: ServerId, memory: ServerMemory, term: number): void {
  if (memory.leads === term) return;
  memory.leads = term;
  memory.followers = new Map();
  state.leaders.set(term, server);
}

/**
 * A leader sends AppendEntries.
 *
 * @param disk - what its disk holds
 */
export function sends(
  state: State,
  memory: ServerMemory,
  to: ServerId,
  request: AppendEntriesRequest,
  disk: RaftState | undefined,
): void {
  const { marks } = state;
  const follower = followerOf(memory, to);
  const { prevLogIndex, entries, leaderCommit, term } = request;
  if (follower.refused !== undefined) {
    if (prevLogIndex < follower.refused - 1) marks.add("back-up");
    follower.refused = undefined;
  }
  if (entries.length > 0) {
    const { first, sent } = follower;
    const end = endOfCall(request);
    if (prevLogIndex < sent && end >= first && first <= sent) marks.add("retry");
    follower.first = first > sent ? prevLogIndex + 1 : Math.min(first, prevLogIndex + 1);
    follower.sent = Math.max(sent, end);
  }
  if (leaderCommit > state.commit) {
    if (termOn(disk, leaderCommit) === term) {
      marks.add("commit-own-term");
      if ((termOn(disk, state.commit + 1) ?? term) < term) marks.add("commit-older");
    }
    state.commit = leaderCommit;
  }
}

/** A reply to AppendEntries arrives at `server`. */
export function hearsAnswer(
  state: State,
  world: WorldView,
  server: ServerId,
  memory: ServerMemory,
  { from, request, reply }: Answered,
): void {
  if (request.term !== memory.leads || reply.term !== request.term) return;
  const follower = followerOf(memory, from);
  if (!reply.success) {
    follower.refused = request.prevLogIndex;
    follower.sent = Math.min(follower.sent, request.prevLogIndex); // what it was sent beyond, it has answered
    return;
  }
  const end = endOfCall(request);
  if (end <= follower.match) return;
  follower.match = end;
  follower.first = Math.max(follower.first, end + 1);
  if (!state.marks.has("figure-8")) countsOlder(state, world, server, memory);
}

/** A majority holds an entry, but it is of an earlier term and may not be counted (§5.4.2). */
function countsOlder(state: State, world: WorldView, server: ServerId, memory: ServerMemory): void {
  const disk = asRaftState(world.saved(server));
  const matches = [...memory.followers.values()].map(({ match }) => match).concat(lastEntry(disk).index);
  // Whoever was not asked yet holds nothing for sure, and stands at the end.
  const held = matches.sort((a, b) => b - a)[Math.floor(world.servers.length / 2)] ?? 0;
  const term = termOn(disk, held);
  if (held > state.commit && term !== undefined && term < memory.leads) state.marks.add("figure-8");
}

/** Any reply but that of a pre-vote arrives: its term may end a leadership, or it belongs to one that is over. */
export function hearsTerm(
  { marks }: State,
  memory: ServerMemory,
  method: string,
  request: PlainData,
  reply: PlainData,
): void {
  if (memory.leads === 0) return;
  const asked = termOf(request);
  if (asked < memory.leads && method !== "requestVote") marks.add("stale-reply");
  if (asked === memory.leads && termOf(reply) > asked) {
    marks.add("deposed-by-reply");
    memory.leads = 0;
  }
}

/** A leader answers a request of a later term in that term: it has made room. */
export function follows({ marks }: State, memory: ServerMemory, request: PlainData, reply: PlainData): void {
  const term = termOf(request);
  if (memory.leads === 0 || term <= memory.leads || termOf(reply) !== term) return;
  marks.add("deposed-by-request");
  memory.leads = 0;
}

function followerOf(memory: ServerMemory, id: ServerId): Follower {
  let follower = memory.followers.get(id);
  if (follower === undefined)
    memory.followers.set(id, (follower = { match: 0, first: 1, sent: 0, refused: undefined }));
  return follower;
}

function termOf(message: PlainData): number {
  return (message as { readonly term: number }).term;
}
