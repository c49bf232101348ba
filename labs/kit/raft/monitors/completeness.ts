import type { Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { AppendEntriesRequest, RequestVoteRequest } from "../messages";
import { holders, show, visitClaims, type Commits } from "./logs";
import { wrong } from "./words";

interface Candidacy {
  readonly term: number;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
}

interface State {
  /** The last request for votes of the present life. */
  readonly candidacies: Map<ServerId, Candidacy>;
  /** The last term of the present life in which a server acted as leader. */
  readonly acted: Map<ServerId, number>;
}

const COMPLETENESS =
  "Leader Completeness: an entry committed in one term is in the logs of the leaders of all later terms (§5.4.3, Figure 3)";

/**
 * Whoever leads holds all that was committed in earlier terms: judged by the indices that its messages name, and once by the log
 * it was elected with.
 *
 * What is known as committed in a term t < T when T's leader acts is fair to hold against it: a majority saved a term ≥ T before
 * that, to give or take its votes, and a disk counts for t only while it is in t. So any majority for t, even one that is only
 * completed later, has a member that held the entry before it voted, and compared the logs then. A puppet compares nothing, and a
 * scene may let it acknowledge what it will; so a cluster with puppets is not judged.
 */
export class LeaderCompletenessMonitor extends Monitor<State> {
  override readonly inputs = ["boot"] as const;
  override readonly effects = ["call"] as const;
  protected state: State = { candidacies: new Map(), acted: new Map() };

  constructor(private readonly commits: Commits) {
    super();
  }

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind !== "boot") return;
    this.state.candidacies.delete(server);
    this.state.acted.delete(server);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind !== "call") return;
    if (effect.method === "requestVote") {
      const { term, lastLogIndex, lastLogTerm } = effect.request as RequestVoteRequest;
      this.state.candidacies.set(server, { term, lastLogIndex, lastLogTerm });
    } else if (effect.method === "appendEntries" || effect.method === "installSnapshot") {
      if (this.commits.commitIndex === 0 || world.servers.some((id) => world.isPuppet(id))) return;
      this.leads(world, server, effect.method, effect.request);
    }
  }

  private leads(world: WorldView, server: ServerId, method: string, request: PlainData): void {
    const { term } = request as AppendEntriesRequest;
    if (this.state.acted.get(server) !== term) this.elected(world, server, term);
    this.state.acted.set(server, term);
    visitClaims(method, request, (index, told) => {
      const committed = this.commits.entry(index);
      if (committed === undefined || committed.term === told || !this.before(index, term)) return;
      throw this.lost(world, server, term, index, `sends that its entry ${index} is of term ${told}`);
    });
  }

  /** A log that won must reach as far as what was committed, and end with a term that is not lower. */
  private elected(world: WorldView, server: ServerId, term: number): void {
    const candidacy = this.state.candidacies.get(server);
    if (candidacy?.term !== term) return;
    let index = this.commits.commitIndex;
    while (index > 0 && !this.before(index, term)) index--;
    const { lastLogIndex, lastLogTerm } = candidacy;
    if (index <= lastLogIndex && (this.commits.entry(index)?.term ?? 0) <= lastLogTerm) return;
    const log = `its log, so said its RequestVote, ended with entry ${lastLogIndex} of term ${lastLogTerm}`;
    throw this.lost(world, server, term, index, `leads, though ${log}`);
  }

  private before(index: number, term: number): boolean {
    return (this.commits.committedIn(index) ?? term) < term;
  }

  private lost(world: WorldView, server: ServerId, term: number, index: number, what: string): Error {
    const committed = this.commits.entry(index);
    const entry = committed === undefined ? "" : ` of term ${committed.term}, ${show(committed.command)},`;
    return wrong(
      COMPLETENESS,
      `server ${server}, leader of term ${term} at ${at(world.now)}, ${what}; but entry ${index}${entry} was committed in ` +
        `term ${this.commits.committedIn(index)} and is ${holders(world, index, committed?.term ?? 0)}`,
      server,
    );
  }
}
