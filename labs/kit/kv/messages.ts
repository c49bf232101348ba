import type { KvAnswer, KvOperation } from "../check/models/kv";
import type { Context } from "../program/context";
import type { PlainData } from "../program/plain";
import type { Handlers, ServerId, Timed } from "../program/protocol";
import type { Proposal, RaftStatus } from "../raft/messages";

export type { KvAnswer, KvOperation };

/** An operation that changes a key. */
export type KvWrite = Exclude<KvOperation, { kind: "get" }>;

/**
 * How a get is to be answered.
 *
 * - `log`: through an entry of the log, like a write (§8).
 * - `readIndex`: by the leader, which confirms by a round of messages that it still leads (thesis, §6.4).
 * - `lease`: by the leader, from its lease (thesis, §6.4.1); only with `ctx.options.lease`, and like `readIndex` while it has none.
 * - `follower`: by whoever is asked, who gets the index from the leader (thesis, §6.4).
 * - `session`: by whoever is asked, from what it has applied, and without asking anybody: possibly old, but never older than what
 *   this client has seen (the challenge; ZooKeeper's promise).
 */
export type ReadMode = "log" | "readIndex" | "lease" | "follower" | "session";

/** What a client is asked to do. A get without `read` may be answered in any way that is linearizable. */
export type KvRequest =
  | KvWrite
  | { readonly kind: "get"; readonly key: string; readonly read?: ReadMode }
  /** The challenge: later reads of this client, in mode `session`, see all that was acknowledged to anybody before. */
  | { readonly kind: "sync" };

/** The answer to a sync: the index up to which the server had applied the log. */
export type SyncAnswer = { readonly index: number };

/** What a client reports: the answer, or that nobody will ever know whether it happened. */
export type KvResult = KvAnswer | SyncAnswer | "unknown";

/** Not the leader: try the other one, if one is named. */
export type NotLeader = {
  readonly status: "notLeader";
  readonly leader?: ServerId;
  readonly hint?: PlainData;
};

/** The session was given up for newer ones: whether the request was executed before, the server no longer knows. */
export type SessionExpired = { readonly status: "sessionExpired"; readonly hint?: PlainData };

/** It worked. `index`: the server had applied the log up to here. */
export type Ok<Answer> = Answer & {
  readonly status: "ok";
  readonly index: number;
  readonly hint?: PlainData;
};

/** The messages between a client and the service (thesis, Figure 6.1, with its names). */
export type KvProtocol = {
  /** Opens a session, through the log; its id is the index of that entry, or another number that follows from the log alone. */
  openSession: {
    request: { readonly hint?: PlainData };
    reply: Ok<{ readonly session: number }> | NotLeader;
  };
  /** Executes a write once, however often it is sent: `sequence` counts the requests of a session from 1. */
  clientRequest: {
    request: {
      readonly session: number;
      readonly sequence: number;
      readonly write: KvWrite;
      readonly hint?: PlainData;
    };
    reply: Ok<{ readonly answer: KvAnswer }> | NotLeader | SessionExpired;
  };
  /** Reads; it needs no session, for it may be executed twice without harm. */
  clientQuery: {
    request: {
      readonly key: string;
      readonly read?: ReadMode;
      /** In mode `session`: the answer must come from a server that has applied at least this much. */
      readonly atLeast?: number;
      readonly hint?: PlainData;
    };
    reply: Ok<{ readonly answer: KvAnswer }> | NotLeader;
  };
};

/** The message of the challenge. */
export type SyncProtocol = {
  /** Brings the server that is asked up to what was acknowledged before the call. */
  sync: { request: { readonly hint?: PlainData }; reply: Ok<object> | NotLeader };
};

/** What the service may ask of the Raft of its server. All of it happens at once, within the handler. */
export interface RaftBelow {
  /** See `Proposing.propose`. */
  propose(command: PlainData): Proposal | undefined;
  /** See `Compacting.snapshot`. */
  snapshot(index: number, data: PlainData): void;
  /** See `Reading.readIndex`; the answer is the input `readReady`, at this instant at the earliest. */
  readIndex(token: number, lease: boolean): void;
  status(): RaftStatus;
}

/** The context of the service: it has no disk and no peers of its own, Raft has. */
export interface KvServerContext extends Pick<
  Context<KvProtocol & SyncProtocol>,
  "id" | "peers" | "options" | "now" | "random" | "reply" | "setTimer" | "cancelTimer" | "note"
> {
  /** Bytes that Raft has on the disk now, its snapshot not counted. */
  savedBytes(): number;
}

/** Answers to requests as the protocol demands; a server calls nobody, so it has no reply handlers. */
type Answering<P extends KvProtocol | SyncProtocol> = {
  [M in keyof P & keyof Handlers<KvProtocol & SyncProtocol>]: Handlers<KvProtocol & SyncProtocol>[M];
};

/** The key/value service on one server. It is built with `new KvServer(ctx, raft)`, after the Raft below it. */
export interface KvServerProgram
  extends Answering<KvProtocol>, Partial<Answering<SyncProtocol>>, Partial<Timed> {
  /** Raft hands up a committed entry. */
  apply(index: number, term: number, command: PlainData): void;
  /** Raft hands up a snapshot: the state becomes `data`, all of it. */
  restore(index: number, term: number, data: PlainData): void;
  /** This server became, or ceased to be, leader of `term`. */
  leadership(term: number, isLeader: boolean): void;
  /** The answer to `raft.readIndex(token)`. */
  readReady(token: number, index?: number): void;
}

/** The context of a client. */
export interface KvClientContext extends Pick<
  Context<KvProtocol & SyncProtocol>,
  "id" | "peers" | "options" | "now" | "random" | "call" | "setTimer" | "cancelTimer" | "note"
> {
  /** Ends the open operation. */
  done(result: KvResult): void;
}

/** Hears the replies to the client's calls. */
type Hearing<P extends KvProtocol | SyncProtocol> = {
  [M in `${keyof P & string}Reply` & keyof Handlers<KvProtocol & SyncProtocol>]: Handlers<
    KvProtocol & SyncProtocol
  >[M];
};

/** A client. It is built with `new KvClient(ctx)`; `ctx.peers` are the servers that it may reach. */
export interface KvClientProgram extends Hearing<KvProtocol>, Partial<Hearing<SyncProtocol>>, Timed {
  /** Does one operation and ends it by `ctx.done`; the next one comes after that. */
  invoke(request: KvRequest): void;
}
