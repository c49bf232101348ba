import type { CallId, Effect, Input, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { RaftState, RequestVoteReply, RequestVoteRequest } from "../messages";
import { asRaftState, lastEntry } from "../state";
import { wrong } from "./words";

/** A request for a vote that a server is thinking about, and what its disk said when it came. */
interface Ballot {
  readonly request: RequestVoteRequest;
  readonly term: number;
  readonly last: { readonly index: number; readonly term: number };
}

interface Vote {
  readonly candidate: ServerId;
  readonly at: number;
}

interface State {
  readonly ballots: Map<ServerId, Map<CallId, Ballot>>;
  /** Votes that were sent, by server and term; they outlive crashes. */
  readonly sent: Map<ServerId, Map<number, Vote>>;
  /** Terms in which a server asked for votes. */
  readonly campaigns: Map<ServerId, Map<number, number>>;
  /** Terms in which a server's disk held its vote for itself. */
  readonly own: Map<ServerId, Set<number>>;
}

const ONE_VOTE = "Each server will vote for at most one candidate in a given term (§5.2)";
const STALE = "RequestVote receiver 1: reply false if term < currentTerm (Figure 2)";
const DURABLE = "votedFor is persistent state: on stable storage before responding to RPCs (Figure 2)";
const UP_TO_DATE =
  "RequestVote receiver 2: grant only if the candidate's log is at least as up-to-date (§5.4.1, Figure 2)";

/** Every granted vote: the only one of its term, durable when it leaves, never for an older term or an older log. */
export class VoteMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = ["reply", "save", "call"] as const;
  protected state: State = { ballots: new Map(), sent: new Map(), campaigns: new Map(), own: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") this.state.ballots.set(server, new Map());
    if (input.kind !== "request" || input.method !== "requestVote") return;
    const disk = asRaftState(world.saved(server));
    const ballot = {
      request: input.request as RequestVoteRequest,
      term: disk?.currentTerm ?? 0,
      last: lastEntry(disk),
    };
    entry(this.state.ballots, server, () => new Map()).set(input.call, ballot);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "reply") {
      const ballots = this.state.ballots.get(server);
      const ballot = ballots?.get(effect.call);
      if (ballot === undefined) return;
      ballots?.delete(effect.call);
      if ((effect.reply as RequestVoteReply).voteGranted) this.granted(world, server, ballot);
    } else if (effect.kind === "save") {
      const state = asRaftState(effect.state);
      if (state !== undefined) this.keeps(world, server, state);
      if (state?.votedFor === server) entry(this.state.own, server, () => new Set()).add(state.currentTerm);
    } else if (effect.kind === "call" && effect.method === "requestVote") {
      const { term } = effect.request as RequestVoteRequest;
      const campaigns = entry(this.state.campaigns, server, () => new Map<number, number>());
      if (!campaigns.has(term)) campaigns.set(term, world.now);
    }
  }

  private granted(world: WorldView, server: ServerId, ballot: Ballot): void {
    const { term, candidateId: candidate } = ballot.request;
    const now = at(world.now);
    const vote = `server ${server} grants server ${candidate} its vote for term ${term} at ${now}`;
    if (ballot.term > term) {
      throw wrong(STALE, `${vote}, but its own term was already ${ballot.term}`, server);
    }
    const earlier = this.earlierVote(server, term);
    if (earlier !== undefined && earlier.candidate !== candidate) {
      const whom = earlier.candidate === server ? "itself" : `server ${earlier.candidate}`;
      throw wrong(ONE_VOTE, `${vote}, but in that term it voted for ${whom} at ${at(earlier.at)}`, server);
    }
    const disk = asRaftState(world.saved(server));
    const onDisk = disk?.currentTerm ?? 0;
    // A disk that is in a later term already cannot vote in this one again: as good as the vote itself.
    if (onDisk < term || (onDisk === term && disk?.votedFor !== candidate)) {
      const says = disk === undefined ? "is empty" : `says term ${onDisk}, votedFor ${String(disk.votedFor)}`;
      throw wrong(
        DURABLE,
        `${vote}, but its disk ${says}: after a crash it could vote again in term ${term}`,
        server,
      );
    }
    const mine = lastEntry(disk);
    if (older(ballot.request, ballot.last) && older(ballot.request, mine)) {
      const { lastLogIndex, lastLogTerm } = ballot.request;
      throw wrong(
        UP_TO_DATE,
        `${vote}, but the candidate's log ends with index ${lastLogIndex} of term ${lastLogTerm}, ` +
          `the voter's with index ${mine.index} of term ${mine.term}`,
        server,
      );
    }
    entry(this.state.sent, server, () => new Map<number, Vote>()).set(term, { candidate, at: world.now });
  }

  /** A vote that was sent stays on the disk until its term is over. (Another one is seen when it is sent.) */
  private keeps(world: WorldView, server: ServerId, { currentTerm: term, votedFor }: RaftState): void {
    const vote = votedFor === null ? this.earlierVote(server, term) : undefined;
    if (vote === undefined) return;
    const whom = vote.candidate === server ? "itself" : `server ${vote.candidate}`;
    const message =
      `server ${server} saves votedFor null for term ${term} at ${at(world.now)}, but in that term it voted for ` +
      `${whom} at ${at(vote.at)}: after a crash it could vote again in term ${term}`;
    throw wrong(DURABLE, message, server);
  }

  private earlierVote(server: ServerId, term: number): Vote | undefined {
    const sent = this.state.sent.get(server)?.get(term);
    if (sent !== undefined) return sent;
    const campaign = this.state.campaigns.get(server)?.get(term);
    const own = this.state.own.get(server)?.has(term) ?? false;
    return campaign !== undefined && own ? { candidate: server, at: campaign } : undefined;
  }
}

/** True if the candidate's log is less up-to-date than this one: later last term, then longer (§5.4.1). */
function older(
  candidate: RequestVoteRequest,
  mine: { readonly index: number; readonly term: number },
): boolean {
  if (candidate.lastLogTerm !== mine.term) return candidate.lastLogTerm < mine.term;
  return candidate.lastLogIndex < mine.index;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
