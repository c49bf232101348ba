import type { Effect, Input, Options, PlainData, ServerId } from "../../program";
import type { Observer, WorldView } from "../../trace";
import type { LogEntry, RaftState, Snapshot } from "../messages";

/** A world that only has the looks of one: a test says what happens, a monitor listens. */
export class Script implements WorldView {
  now = 0;
  readonly servers: readonly ServerId[];
  readonly puppets = new Set<ServerId>();
  private readonly lives = new Map<ServerId, number>();
  private readonly disks = new Map<ServerId, PlainData>();
  private n = 0;

  constructor(
    private readonly monitor: Observer,
    servers = 3,
    private readonly options: Options = {},
  ) {
    this.servers = Array.from({ length: servers }, (_, id) => id);
    for (const id of this.servers) this.boot(id);
  }

  isUp(): boolean {
    return true;
  }

  isPuppet(server: ServerId): boolean {
    return this.puppets.has(server);
  }

  life(server: ServerId): number {
    return this.lives.get(server) ?? 0;
  }

  saved(server: ServerId): PlainData | undefined {
    return this.disks.get(server);
  }

  localNow(): number {
    return this.now;
  }

  /** Lets time pass. */
  after(ms: number): this {
    this.now += ms;
    return this;
  }

  boot(server: ServerId): this {
    this.lives.set(server, this.life(server) + 1);
    const saved = this.saved(server);
    const boot = { kind: "boot", peers: [], options: this.options, seed: 1 } as const;
    return this.input(server, saved === undefined ? boot : { ...boot, saved });
  }

  timer(server: ServerId): this {
    return this.input(server, { kind: "timer", name: "election" });
  }

  /** A request arrives as call number `call`. */
  request(server: ServerId, from: ServerId, method: string, request: PlainData, call = 1): this {
    return this.input(server, { kind: "request", from, method, request, call });
  }

  /** The reply to an own request arrives. */
  hears(server: ServerId, from: ServerId, method: string, request: PlainData, reply: PlainData): this {
    return this.input(server, { kind: "reply", from, method, request, reply });
  }

  calls(server: ServerId, method: string, request: PlainData): this {
    return this.effect(server, { kind: "call", to: (server + 1) % this.servers.length, method, request });
  }

  replies(server: ServerId, reply: PlainData, call = 1): this {
    return this.effect(server, { kind: "reply", call, reply });
  }

  saves(server: ServerId, state: Pick<RaftState, "currentTerm" | "votedFor"> & Partial<RaftState>): this {
    const whole: PlainData = { log: [], snapshot: null, ...state };
    this.disks.set(server, whole);
    return this.effect(server, { kind: "save", state: whole });
  }

  /** The service above is handed an entry. */
  applies(server: ServerId, index: PlainData, term: PlainData, command: PlainData): this {
    return this.effect(server, { kind: "up", verb: "apply", args: [index, term, command] });
  }

  /** The service above is handed a state. */
  restores(server: ServerId, index: PlainData, term: PlainData, data: PlainData): this {
    return this.effect(server, { kind: "up", verb: "restore", args: [index, term, data] });
  }

  /** The service above calls a method. */
  invokes(server: ServerId, verb: string, ...args: readonly PlainData[]): this {
    return this.input(server, { kind: "invoke", verb, args });
  }

  /** The service above is told how far a read must be. */
  readReady(server: ServerId, token: number, index?: number): this {
    return this.effect(server, {
      kind: "up",
      verb: "readReady",
      args: index === undefined ? [token] : [token, index],
    });
  }

  /** @param where - e.g. “after its save”; absent: between two inputs */
  crashes(server: ServerId, where?: string): this {
    const place = where === undefined ? {} : { where };
    this.monitor.onEvent?.(this, { kind: "crash", server, ...place }, this.n++);
    return this;
  }

  private input(server: ServerId, input: Input): this {
    this.monitor.onInput?.(this, server, input, this.n++);
    return this;
  }

  private effect(server: ServerId, effect: Effect): this {
    this.monitor.onEffect?.(this, server, effect, this.n++);
    return this;
  }
}

/** Several monitors in the place of one, called in this order. */
export function together(...monitors: readonly Observer[]): Observer {
  return {
    onInput: (...args) => {
      for (const monitor of monitors) monitor.onInput?.(...args);
    },
    onEffect: (...args) => {
      for (const monitor of monitors) monitor.onEffect?.(...args);
    },
    onEvent: (...args) => {
      for (const monitor of monitors) monitor.onEvent?.(...args);
    },
    capture: () => monitors.map((monitor) => monitor.capture()),
    restore: (captured) => {
      monitors.forEach((monitor, i) => {
        monitor.restore((captured as unknown[])[i]);
      });
    },
  };
}

/** RequestVote's arguments, from an empty log. */
export function candidacy(term: number, candidateId: ServerId, lastLogIndex = 0, lastLogTerm = 0): PlainData {
  return { term, candidateId, lastLogIndex, lastLogTerm };
}

/** A heartbeat. */
export function heartbeat(term: number, leaderId: ServerId): PlainData {
  return { term, leaderId, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0 };
}

/** RequestVote's and PreVote's results. */
export function vote(term: number, voteGranted: boolean): PlainData {
  return { term, voteGranted };
}

/** Entries given by their terms; the command of the entry at `index` of term t is "t.index", so that equal names are equal entries. */
export function entriesAt(index: number, ...terms: readonly number[]): LogEntry[] {
  return terms.map((term, i) => ({ term, command: `${term}.${index + i}` }));
}

/** A whole log, from entry 1 on, given by the terms of its entries. */
export function logOf(...terms: readonly number[]): LogEntry[] {
  return entriesAt(1, ...terms);
}

/** AppendEntries of server `leaderId`. */
export function appendEntries(
  term: number,
  leaderId: ServerId,
  [prevLogIndex, prevLogTerm]: readonly [index: number, term: number],
  entries: readonly LogEntry[] = [],
): PlainData {
  return { term, leaderId, prevLogIndex, prevLogTerm, entries, leaderCommit: 0 };
}

/** InstallSnapshot of server `leaderId`. */
export function installSnapshot(
  term: number,
  leaderId: ServerId,
  [lastIncludedIndex, lastIncludedTerm]: readonly [index: number, term: number],
): PlainData {
  return { term, leaderId, lastIncludedIndex, lastIncludedTerm, data: "state" };
}

/** A snapshot on a disk. */
export function snapshotAt(lastIncludedIndex: number, lastIncludedTerm: number): Snapshot {
  return { lastIncludedIndex, lastIncludedTerm, data: "state" };
}
