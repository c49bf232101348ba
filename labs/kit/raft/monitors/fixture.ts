import type { Options, PlainData, ServerId } from "../../program";
import { ScriptedWorld } from "../../scene/fixture";
import type { Observer } from "../../trace";
import type { LogEntry, RaftState, Snapshot } from "../messages";

/** A script of what Raft servers do. */
export class Script extends ScriptedWorld {
  protected override readonly monitors: readonly Observer[];

  /** @param monitor - who listens; several are called in their order */
  constructor(monitor: Observer | readonly Observer[], servers = 3, options: Options = {}) {
    super(servers, options);
    this.monitors = [monitor].flat();
    for (const id of this.servers) this.boot(id);
  }

  /** Lets time pass. */
  after(ms: number): this {
    this.now += ms;
    return this;
  }

  timer(server: ServerId): this {
    return this.input(server, { kind: "timer", name: "election" });
  }

  /** A request arrives as call number `call`. */
  request(server: ServerId, from: ServerId, method: string, request: PlainData, call = 1): this {
    return this.input(server, { kind: "request", from, method, request, call });
  }

  calls(server: ServerId, method: string, request: PlainData): this {
    return this.effect(server, { kind: "call", to: (server + 1) % this.servers.length, method, request });
  }

  replies(server: ServerId, reply: PlainData, call = 1): this {
    return this.effect(server, { kind: "reply", call, reply });
  }

  saves(server: ServerId, state: Pick<RaftState, "currentTerm" | "votedFor"> & Partial<RaftState>): this {
    const whole: PlainData = { log: [], snapshot: null, ...state };
    return this.keepsOnDisk(server, whole);
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
