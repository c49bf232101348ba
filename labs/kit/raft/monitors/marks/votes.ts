import type { ServerId } from "../../../program";
import type { RequestVoteReply, RequestVoteRequest } from "../../messages";
import { lastEntry } from "../../state";
import type { Open, ServerMemory, State } from "./memory";

/** A server asks for votes. */
export function campaigns(
  state: State,
  server: ServerId,
  memory: ServerMemory,
  { term }: RequestVoteRequest,
): void {
  if (term <= memory.asked) return;
  const rivals = state.candidates.get(memory.asked)?.size ?? 0;
  if (rivals > 1 && !state.leaders.has(memory.asked)) state.marks.add("split-vote");
  memory.asked = term;
  let candidates = state.candidates.get(term);
  if (candidates === undefined) state.candidates.set(term, (candidates = new Set()));
  candidates.add(server);
}

/** A server answers a candidate. */
export function votes({ marks }: State, open: Open, reply: RequestVoteReply): void {
  const request = open.request as RequestVoteRequest;
  const { disk } = open;
  const last = lastEntry(disk);
  const term = disk?.currentTerm ?? 0;
  const votedFor = term === request.term ? (disk?.votedFor ?? null) : null;
  if (reply.voteGranted) {
    marks.add("vote-granted");
    if (votedFor === request.candidateId) marks.add("vote-repeated");
    if (request.lastLogTerm > last.term && request.lastLogIndex < last.index) marks.add("vote-later-term");
  } else if (request.term < term) {
    marks.add("vote-old-term");
  } else if (votedFor !== null) {
    if (votedFor !== request.candidateId) marks.add("vote-taken");
  } else if (reply.term === request.term) {
    // With check-quorum on a server may refuse for another reason; then it stays in its term.
    const { lastLogTerm, lastLogIndex } = request;
    const older = lastLogTerm === last.term ? lastLogIndex < last.index : lastLogTerm < last.term;
    if (older) marks.add("vote-older-log");
  }
}

/** A candidate hears what a voter said. */
export function hearsVote(
  { marks }: State,
  memory: ServerMemory,
  request: RequestVoteRequest,
  { voteGranted }: RequestVoteReply,
): void {
  if (voteGranted && request.term < memory.asked) marks.add("stale-vote");
}
