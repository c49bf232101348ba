import {
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
import { notCommitted, otherEntry, outOfOrder, sameEntry, type Apply, type Service } from "./apply-rules";
import type { CommitMonitor } from "./commits";
import { FORWARD, ServiceStates } from "./service-states";
import { shown } from "./words";

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
  /** By index: who applied the entry first, and when (virtual ms). */
  readonly firstBy: (ServerId | undefined)[];
  readonly firstAt: (number | undefined)[];
  readonly states: ServiceStates;
  due: DueSnapshot[];
  changes: number;
}

/** What every server hands to its service: all committed entries, in order, in each life, and nothing else. */
export class ApplyMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "invoke"] as const;
  override readonly effects = ["save", "up"] as const;
  protected state: State = {
    services: new Map(),
    firstBy: [],
    firstAt: [],
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
    const { commits, state } = this;
    const service = this.service(server);
    const apply: Apply = { server, index, entry, at: world.now };
    if (index !== service.applied + 1) throw outOfOrder(apply, service);
    const follows = asRaftState(world.saved(server))?.currentTerm ?? 0;
    if (index > commits.limit) {
      throw notCommitted(apply, commits.commitIndex, commits.doubt(world, index, term, follows));
    }
    const known = commits.entry(index) ?? commits.puppetEntry(index, follows);
    if (known !== undefined && !sameEntry(known, entry)) {
      throw otherEntry(apply, known, commits, { server: state.firstBy[index], at: state.firstAt[index] });
    }
    commits.applied(world, index, entry);
    if (state.firstBy[index] === undefined) {
      state.firstBy[index] = server;
      state.firstAt[index] = world.now;
    }
    this.moves(server, index);
    if (this.every === 0 || (index + 1) % this.every !== 0) return;
    const data = this.commits.stateAt(index);
    if (data !== undefined) this.state.due.push({ server, life: world.life(server), index, data });
  }

  private restores(world: WorldView, server: ServerId, { args }: UpEffect): void {
    const index = count("restore", "index", args[0], server);
    const term = count("restore", "term", args[1], server);
    const data = args[2] ?? null;
    const applied = this.lastApplied(server);
    const text = `but its service is at entry ${applied} already: state would go back`;
    const problem =
      index < applied ? { rule: FORWARD, text } : this.state.states.problem(this.commits, index, term, data);
    if (problem !== undefined) {
      const doing = `server ${server} restores the state after entry ${index} at ${at(world.now)}`;
      throw new SceneFailure("wrong", problem.rule, `${doing}, ${problem.text}`, server);
    }
    this.commits.restored(world, index, data);
    this.moves(server, index);
  }

  private moves(server: ServerId, applied: number): void {
    const service = this.service(server);
    service.applied = applied;
    service.unrestored = 0;
    this.state.changes += 1;
  }

  private service(server: ServerId): Service {
    let service = this.state.services.get(server);
    if (service === undefined) this.state.services.set(server, (service = { applied: 0, unrestored: 0 }));
    return service;
  }
}

const NONE: readonly DueSnapshot[] = [];

function count(verb: string, name: string, value: PlainData | undefined, server: ServerId): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw new ProgramError(
    `${verb} on server ${server}: ${name} must be a whole number, 1 or more; it is ${value === undefined ? "missing" : shown(value)}`,
    server,
  );
}
