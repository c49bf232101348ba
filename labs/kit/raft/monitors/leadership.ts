import type { Effect, Input, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type {
  AppendEntriesReply,
  AppendEntriesRequest,
  RequestVoteReply,
  RequestVoteRequest,
} from "../messages";
import { asRaftState } from "../state";

/** A server that acts as leader of a term: it sends AppendEntries in it. */
export interface Leadership {
  readonly term: number;
  readonly server: ServerId;
  readonly life: number;
  /** Virtual time of its first AppendEntries, in ms. */
  readonly since: number;
  /** Who has answered one in this term, with this term. */
  readonly followers: Set<ServerId>;
  /** Whose success it heard last. */
  acknowledger: ServerId | undefined;
  /** Refusals in a row that it heard in this term, by follower, and what was refused last. */
  readonly refusals: Map<ServerId, { readonly count: number; readonly prevLogIndex: number }>;
}

interface State {
  /** By term. */
  readonly leaders: Map<number, Leadership>;
  /** Votes that reached a server in its present life, by term. */
  readonly votes: Map<ServerId, Map<number, Set<ServerId>>>;
  /** The last term in which a server's disk held its vote for itself. */
  readonly ownVote: Map<ServerId, number>;
  /** Grows whenever somebody leads or is followed. */
  changes: number;
}

const ONE_LEADER = "Election Safety: at most one leader can be elected in a given term (§5.2, Figure 3)";
const MAJORITY =
  "A candidate wins with votes from a majority of the servers in the full cluster for the same term (§5.2)";
const STEP_DOWN =
  "If an RPC request or response contains a term > currentTerm: convert to follower (Figure 2, all servers)";
const SAVED = "currentTerm is persistent state: on stable storage before a server acts on it (Figure 2)";

/**
 * Who leads, judged by the AppendEntries that are sent, never by what `status()` claims: at most one server a
 * term, elected in this life by a majority of distinct servers.
 */
export class LeadershipMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "reply"] as const;
  override readonly effects = ["save", "call"] as const;
  protected state: State = { leaders: new Map(), votes: new Map(), ownVote: new Map(), changes: 0 };

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") this.state.votes.set(server, new Map());
    if (input.kind !== "reply") return;
    if (input.method === "requestVote") {
      const reply = input.reply as RequestVoteReply;
      const { term } = input.request as RequestVoteRequest;
      if (reply.voteGranted) this.votes(server, term).add(input.from);
    } else if (input.method === "appendEntries") {
      const reply = input.reply as AppendEntriesReply;
      const { term, prevLogIndex } = input.request as AppendEntriesRequest;
      if (reply.term === term)
        this.followed(server, term, input.from, reply.success ? undefined : prevLogIndex);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") {
      const { currentTerm, votedFor } = asRaftState(effect.state) ?? {};
      if (votedFor === server && currentTerm !== undefined) this.state.ownVote.set(server, currentTerm);
    } else if (effect.kind === "call" && effect.method === "appendEntries") {
      this.acts(world, server, effect.request as AppendEntriesRequest);
    }
  }

  /** Grows whenever somebody begins to lead or is acknowledged; saves asking {@link LeadershipMonitor.latest} in vain. */
  get changes(): number {
    return this.state.changes;
  }

  /** All leaderships so far, by term. */
  get leaders(): ReadonlyMap<number, Leadership> {
    return this.state.leaders;
  }

  /** Votes that reached `server` in its present life for `term`, its own included once it is on its disk. */
  votesFor(server: ServerId, term: number): number {
    const others = this.state.votes.get(server)?.get(term)?.size ?? 0;
    return others + (this.state.ownVote.get(server) === term ? 1 : 0);
  }

  private acts(world: WorldView, server: ServerId, { term }: AppendEntriesRequest): void {
    const known = this.state.leaders.get(term);
    const life = world.life(server);
    if (known?.server === server && known.life === life) return;
    const now = at(world.now);
    if (known !== undefined && known.server !== server) {
      throw new SceneFailure(
        "wrong",
        ONE_LEADER,
        `servers ${known.server} and ${server} both act as leader of term ${term}: server ${known.server} ` +
          `since ${at(known.since)}, server ${server} since ${now}`,
        server,
      );
    }
    const onDisk = asRaftState(world.saved(server))?.currentTerm ?? 0;
    if (onDisk < term) {
      throw new SceneFailure(
        "wrong",
        SAVED,
        `server ${server} acts as leader of term ${term} at ${now}, but its disk still says term ${onDisk}: ` +
          `after a crash it could campaign in term ${term} again`,
        server,
      );
    }
    const have = this.votesFor(server, term);
    const need = Math.floor(world.servers.length / 2) + 1;
    const former = have > 0 || known !== undefined ? undefined : this.ledBefore(server, life, term);
    if (former !== undefined) {
      throw new SceneFailure(
        "wrong",
        STEP_DOWN,
        `server ${server} acts as leader of term ${term} at ${now}, in which nobody voted for it: it led term ${former} and took over ` +
          `the later term from others. Does a timer of its leadership still run?`,
        server,
      );
    }
    if (have < need) {
      const earlier =
        known === undefined ? "" : " in this life (it restarted, and a restarted server is a follower)";
      throw new SceneFailure(
        "wrong",
        MAJORITY,
        `server ${server} acts as leader of term ${term} at ${now} with ${have} of ${world.servers.length} votes ` +
          `for that term${earlier}; a majority is ${need}${this.strayVotes(server, term)}`,
        server,
      );
    }
    const heard = { followers: new Set<ServerId>(), acknowledger: undefined, refusals: new Map() };
    this.state.leaders.set(term, { term, server, life, since: world.now, ...heard });
    this.state.changes++;
  }

  /** The last term before `term` that this life of the server led. */
  private ledBefore(server: ServerId, life: number, term: number): number | undefined {
    const led = [...this.state.leaders.values()].filter((one) => one.server === server && one.life === life);
    return led.map((one) => one.term).findLast((one) => one < term);
  }

  /** Votes that such a server may have counted by mistake. */
  private strayVotes(server: ServerId, term: number): string {
    const stray = [...(this.state.votes.get(server) ?? [])]
      .filter(([other]) => other !== term)
      .flatMap(([other, voters]) => [...voters].map((voter) => `server ${voter}'s of term ${other}`));
    return stray.length === 0
      ? ""
      : ` (votes of other terms do not count: it has ${stray.slice(-3).join(", ")})`;
  }

  /** @param refused - the prevLogIndex that was refused; undefined for a success */
  private followed(server: ServerId, term: number, by: ServerId, refused: number | undefined): void {
    const leadership = this.state.leaders.get(term);
    if (leadership?.server !== server) return;
    const { refusals } = leadership;
    if (refused === undefined) {
      leadership.acknowledger = by;
      refusals.delete(by);
    } else {
      refusals.set(by, { count: (refusals.get(by)?.count ?? 0) + 1, prevLogIndex: refused });
    }
    if (leadership.followers.has(by)) return;
    leadership.followers.add(by);
    this.state.changes++;
  }

  private votes(server: ServerId, term: number): Set<ServerId> {
    let terms = this.state.votes.get(server);
    if (terms === undefined) this.state.votes.set(server, (terms = new Map<number, Set<ServerId>>()));
    let voters = terms.get(term);
    if (voters === undefined) terms.set(term, (voters = new Set()));
    return voters;
  }
}
