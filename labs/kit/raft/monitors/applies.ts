import {
  equalPlain,
  ProgramError,
  type Effect,
  type Input,
  type PlainData,
  type ServerId,
  type UpEffect,
} from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import type { WorldEvent } from "../../trace";
import type { LogEntry } from "../messages";
import { asRaftState } from "../state";
import type { CommitMonitor } from "./commits";
import { BY_COUNTING } from "./doubt";
import { FORWARD, ServiceStates } from "./service-states";
import { shown } from "./words";

/** What one server has handed to its service in its present life. */
interface Service {
  readonly applied: number;
  /** The snapshot that was on its disk when it booted and was not restored yet: up to which entry it goes. */
  readonly unrestored: number;
}

/** A snapshot that the service should take. */
export interface DueSnapshot {
  readonly server: ServerId;
  /** The life in which entry `index` was applied: after a crash it is no longer due. */
  readonly life: number;
  readonly index: number;
  readonly data: PlainData;
}

interface State {
  readonly services: Map<ServerId, Service>;
  /** Who applied an entry first, by index. */
  readonly first: ({ readonly server: ServerId; readonly at: number } | undefined)[];
  readonly states: ServiceStates;
  due: DueSnapshot[];
  changes: number;
}

const IN_ORDER =
  "If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] (Figure 2, all servers)";
const RESTORE_FIRST =
  "A snapshot stands for the entries that it replaced: reset the state machine with its contents (§7, Figure 13)";
const SAME =
  "State Machine Safety: if a server has applied a log entry at a given index, no other server will ever apply " +
  "a different log entry for the same index (§5.4.3, Figure 3)";
const ONLY_COMMITTED = "Only committed entries are applied to the state machines (§5.3)";

/** What every server hands to its service: all committed entries, in order, in each life, and nothing else. */
export class ApplyMonitor extends Monitor<State> {
  protected state: State = {
    services: new Map(),
    first: [],
    states: new ServiceStates(),
    due: [],
    changes: 0,
  };
  private readonly every: number;

  /** @param snapshotEvery - a snapshot is due after every so many entries, after entry n - 1 first; 0 for never */
  constructor(
    private readonly commits: CommitMonitor,
    { snapshotEvery = 0 }: { readonly snapshotEvery?: number } = {},
  ) {
    super();
    this.every = snapshotEvery;
  }

  /** The last entry that `server` has applied, or restored, in its present life; 0 if none. */
  lastApplied(server: ServerId): number {
    return this.state.services.get(server)?.applied ?? 0;
  }

  /** Grows with every apply and restore. */
  get changes(): number {
    return this.state.changes;
  }

  /** The servers whose present life has applied entry `index`, or restored a later state. */
  appliedAt(index: number): ServerId[] {
    return [...this.state.services].filter(([, { applied }]) => applied >= index).map(([server]) => server);
  }

  /** The snapshots that have become due since it was asked last. */
  takeDue(): readonly DueSnapshot[] {
    if (this.state.due.length === 0) return NONE;
    const { due } = this.state;
    this.state.due = [];
    return due;
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "invoke" && input.verb === "snapshot") {
      const [index, data] = input.args;
      if (typeof index === "number" && data !== undefined) this.state.states.hands(this.commits, index, data);
    }
    if (input.kind !== "boot") return;
    const unrestored = asRaftState(world.saved(server))?.snapshot?.lastIncludedIndex ?? 0;
    this.state.services.set(server, { applied: 0, unrestored });
  }

  onEvent(_world: WorldView, event: WorldEvent): void {
    if (event.kind === "crash") this.state.services.delete(event.server);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") {
      const snapshot = asRaftState(effect.state)?.snapshot ?? null;
      this.state.states.saves(world, this.commits, server, snapshot);
    }
    if (effect.kind !== "up") return;
    if (effect.verb === "apply") this.applies(world, server, effect);
    else if (effect.verb === "restore") this.restores(world, server, effect);
  }

  private applies(world: WorldView, server: ServerId, { args }: UpEffect): void {
    const index = count("apply", "index", args[0], server);
    const term = count("apply", "term", args[1], server);
    const entry: LogEntry = { term, command: args[2] ?? null };
    const doing = `server ${server} applies entry ${index} at ${at(world.now)}`;
    this.checkOrder(server, index, doing);
    if (index > this.commits.limit) throw this.tooEarly(world, server, index, entry);
    this.checkEntry(world, server, index, entry, doing);
    this.commits.applied(world, index, entry);
    this.state.first[index - 1] ??= { server, at: world.now };
    this.moves(server, index);
    if (this.every === 0 || (index + 1) % this.every !== 0) return;
    const data = this.commits.stateAt(index);
    if (data !== undefined) this.state.due.push({ server, life: world.life(server), index, data });
  }

  private checkOrder(server: ServerId, index: number, doing: string): void {
    const { applied, unrestored } = this.state.services.get(server) ?? NEW;
    if (index === applied + 1) return;
    if (applied === 0 && unrestored > 0) {
      const message =
        `${doing}, but this life began with a snapshot up to entry ${unrestored} on the disk: ` +
        `the service has no state yet, so hand it the snapshot first, by ctx.restore (contract)`;
      throw wrong(RESTORE_FIRST, message, server);
    }
    const last =
      applied === 0 ? "nothing was handed over in this life yet" : `the last in this life was ${applied}`;
    const missing =
      index === applied + 2 ? `entry ${applied + 1} is` : `entries ${applied + 1} to ${index - 1} are`;
    const what = index > applied ? `${missing} missing` : "it is handed over twice";
    throw wrong(IN_ORDER, `${doing}, but ${last}: ${what}`, server);
  }

  private checkEntry(
    world: WorldView,
    server: ServerId,
    index: number,
    entry: LogEntry,
    doing: string,
  ): void {
    const { commits } = this;
    const follows = asRaftState(world.saved(server))?.currentTerm ?? 0;
    const known = commits.entry(index) ?? commits.puppetEntry(index, follows);
    if (known === undefined || same(known, entry)) return;
    const first = this.state.first[index - 1];
    const since = commits.committedAt(index);
    const how =
      first !== undefined
        ? `server ${first.server} applied it at ${at(first.at)}`
        : since !== undefined
          ? `committed since ${at(since)}`
          : `so sent by the leader of term ${follows}`;
    const next = commits.entry(index + 1);
    const before = commits.entry(index - 1);
    const slip =
      next !== undefined && same(next, entry)
        ? `; what it hands over is entry ${index + 1}: is an index off by one?`
        : before !== undefined && same(before, entry)
          ? `; what it hands over is entry ${index - 1}: is an index off by one?`
          : "";
    const message = `${doing} as ${inWords(entry)}, but entry ${index} is ${inWords(known)}, ${how}${slip}`;
    throw wrong(SAME, message, server);
  }

  private tooEarly(world: WorldView, server: ServerId, index: number, entry: LogEntry): SceneFailure {
    const own = asRaftState(world.saved(server))?.currentTerm ?? 0;
    const { why, counted } = this.commits.doubt(world, index, entry.term, own);
    const message =
      `server ${server} applies entry ${index} (term ${entry.term}, ${shown(entry.command)}) at ${at(world.now)}, ` +
      `which is not committed (committed: up to ${this.commits.commitIndex}): ${why}`;
    return wrong(counted ? BY_COUNTING : ONLY_COMMITTED, message, server);
  }

  private restores(world: WorldView, server: ServerId, { args }: UpEffect): void {
    const index = count("restore", "index", args[0], server);
    const term = count("restore", "term", args[1], server);
    const data = args[2] ?? null;
    const applied = this.lastApplied(server);
    const doing = `server ${server} restores the state after entry ${index} at ${at(world.now)}`;
    if (index < applied) {
      throw wrong(
        FORWARD,
        `${doing}, but its service is at entry ${applied} already: state would go back`,
        server,
      );
    }
    const problem = this.state.states.problem(this.commits, index, term, data);
    if (problem !== undefined) throw wrong(problem.rule, `${doing}, ${problem.text}`, server);
    this.commits.restored(world, index, data);
    this.moves(server, index);
  }

  private moves(server: ServerId, applied: number): void {
    this.state.services.set(server, { applied, unrestored: 0 });
    this.state.changes += 1;
  }
}

const NEW: Service = { applied: 0, unrestored: 0 };
const NONE: readonly DueSnapshot[] = [];

function count(verb: string, name: string, value: PlainData | undefined, server: ServerId): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw new ProgramError(
    `${verb} on server ${server}: ${name} must be a whole number, 1 or more; it is ${value === undefined ? "missing" : shown(value)}`,
    server,
  );
}

function same(a: LogEntry, b: LogEntry): boolean {
  return a.term === b.term && equalPlain(a.command, b.command);
}

function inWords({ term, command }: LogEntry): string {
  return `${shown(command)} of term ${term}`;
}

function wrong(rule: string, message: string, server: ServerId): SceneFailure {
  return new SceneFailure("wrong", rule, message, server);
}
