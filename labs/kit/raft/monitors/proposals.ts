import { equalPlain, isRecord, type Input, type PlainData, type ServerId } from "../../program";
import { at, Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { CommitMonitor } from "./commits";
import type { LeadershipMonitor } from "./leadership";
import { wrong } from "./words";

/** A command that a server took, and where it said it put it. */
interface Taken {
  readonly server: ServerId;
  readonly term: number;
  readonly command: PlainData;
  readonly at: number;
}

interface State {
  /** The command that is being proposed to each server. */
  readonly asked: Map<ServerId, PlainData>;
  /** By index: what was taken there, in different terms. */
  readonly taken: Map<number, readonly Taken[]>;
  /** Committed entries up to here were compared. */
  compared: number;
}

const LEADERS_ONLY =
  "If command received from client: append entry to local log (Figure 2, leaders; only a leader does)";
const WHERE = "propose tells the index and term of the new entry (contract; MIT 6.5840, Start())";

/** What `propose` answers: only a leader accepts, and the entry is where it said. */
export class ProposalMonitor extends Monitor<State> {
  override readonly effects = ["save", "call", "up"] as const;
  protected state: State = { asked: new Map(), taken: new Map(), compared: 0 };

  constructor(
    private readonly leadership: LeadershipMonitor,
    private readonly commits: CommitMonitor,
  ) {
    super();
  }

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind !== "invoke" || input.verb !== "propose") this.state.asked.delete(server);
    else this.state.asked.set(server, input.args[0] ?? null);
  }

  onValue(world: WorldView, server: ServerId, value: PlainData): void {
    const command = this.state.asked.get(server);
    if (command === undefined || !isRecord(value)) return;
    const { index, term } = value;
    if (typeof index !== "number" || typeof term !== "number") return; // the harness says so
    this.state.asked.delete(server);
    const where = `server ${server} accepts ${shown(command)} at ${at(world.now)} as entry ${index} of term ${term}`;
    if (!this.leads(world, server, term)) {
      throw wrong(LEADERS_ONLY, `${where}, but it was not elected in that term`, server);
    }
    // A deposed leader may well do so at an index where others have committed something else.
    const here = this.state.taken.get(index) ?? [];
    this.state.taken.set(index, [...here, { server, term, command, at: world.now }]);
  }

  onEffect(world: WorldView): void {
    const { state, commits } = this;
    for (; state.compared < commits.commitIndex; state.compared++) this.compare(world, state.compared + 1);
  }

  private compare(world: WorldView, index: number): void {
    const entry = this.commits.entry(index);
    const taken = this.state.taken.get(index)?.find(({ term }) => term === entry?.term);
    this.state.taken.delete(index);
    if (entry === undefined || taken === undefined || equalPlain(taken.command, entry.command)) return;
    const message =
      `server ${taken.server} said at ${at(taken.at)} that ${shown(taken.command)} is entry ${index} of term ${taken.term}; ` +
      `at ${at(world.now)} that entry is committed, and it is ${shown(entry.command)}`;
    throw wrong(WHERE, message, taken.server);
  }

  private leads(world: WorldView, server: ServerId, term: number): boolean {
    if (this.leadership.leaders.get(term)?.server === server) return true;
    return this.leadership.votesFor(server, term) > world.servers.length / 2;
  }
}

function shown(command: PlainData | undefined): string {
  return command === undefined ? "unknown" : JSON.stringify(command).slice(0, 80);
}
