import type { Consistency, Context } from "../program/context";
import type { PlainData } from "../program/plain";
import type { Handlers, ServerId, Timed } from "../program/protocol";

/**
 * Names one write of one key. Versions are ordered by `number`, and equal numbers by `writer`, so that any two differ and all
 * replicas agree which is newer (ABD 1995; Lynch & Shvartsman 1997, for several writers).
 */
export type Version = {
  /** 1 or more. */
  readonly number: number;
  /** The coordinator that issued it. */
  readonly writer: ServerId;
};

/** What a key holds: the value that a write gave it, or null if that write was a delete (a tombstone). */
export type Versioned = {
  readonly version: Version;
  readonly value: string | null;
};

/** What a coordinator asks of a replica. */
export type QuorumProtocol = {
  /** Shows what the replica holds of a key; null if it has never heard of it. */
  fetch: {
    request: { readonly key: string; readonly hint?: PlainData };
    reply: { readonly held: Versioned | null; readonly hint?: PlainData };
  };
  /**
   * Hands the replica a version of a key, which it keeps unless it holds a newer one. The reply names what it holds afterwards, on its
   * disk: this version or a newer one.
   */
  store: {
    request: { readonly key: string; readonly entry: Versioned; readonly hint?: PlainData };
    reply: { readonly version: Version; readonly hint?: PlainData };
  };
};

/** One key and what it holds, where replicas compare notes. */
export type KeyEntry = Versioned & { readonly key: string };

/** What replicas tell each other in the background (anti-entropy; Demers et al. 1987). */
export type RepairProtocol = {
  /** Compares notes. What a summary looks like is yours to choose: all versions, or a digest that tells only whether two replicas differ. */
  compare: {
    request: {
      readonly summary: PlainData;
      readonly entries?: readonly KeyEntry[];
      readonly hint?: PlainData;
    };
    /** What the other one lacks, as far as the summary shows it. */
    reply: {
      readonly entries: readonly KeyEntry[];
      readonly summary?: PlainData;
      readonly hint?: PlainData;
    };
  };
};

/** What a replica saves. */
export type ReplicaState = {
  /** By key. Tombstones stay: a delete that is forgotten comes back. */
  readonly entries: { readonly [key: string]: Versioned };
  /** Whatever else you want to keep. */
  readonly extra?: PlainData;
};

/** What a coordinator is asked to do. */
export type QuorumRequest =
  | { readonly kind: "write"; readonly key: string; readonly value: string }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "read"; readonly key: string };

/** A read shows a value and the version that it comes from; both are null for a key that was never written. A tombstone has a version, and no value. */
export type ReadAnswer = { readonly value: string | null; readonly version: Version | null };

/** A write or delete was acknowledged by W replicas, as this version. */
export type WriteAnswer = { readonly version: Version };

/**
 * How an operation ends.
 *
 * - `failed`: it did not happen and never will: a read that fewer than R replicas answered; a write that never left.
 * - `unknown`: a write that left, but fewer than W replicas have acknowledged it in time. It may surface later, or never.
 */
export type QuorumResult = ReadAnswer | WriteAnswer | "failed" | "unknown";

/** The context of a replica; `peers` are the other replicas. */
export type ReplicaContext = Context<QuorumProtocol & RepairProtocol, ReplicaState>;

/** A replica. It is built with `new Replica(ctx, saved)`; the messages of {@link RepairProtocol} are the last exercise. */
export interface ReplicaProgram extends Timed, Partial<Handlers<RepairProtocol>> {
  fetch: Handlers<QuorumProtocol>["fetch"];
  store: Handlers<QuorumProtocol>["store"];
  /** The answer to a `store` of its own, if it pushes what others lack. */
  storeReply?: Handlers<QuorumProtocol>["storeReply"];
}

/**
 * The context of a coordinator; `peers` are the N replicas. It is a node of its own, with a disk of its own, on which it saves what
 * it likes.
 */
export interface CoordinatorContext extends Context<QuorumProtocol> {
  /** Ends the open operation. */
  done(result: QuorumResult): void;
}

/** A coordinator. It is built with `new Coordinator(ctx, saved)`; `ctx.options` names W, R, the promise and the timeout. */
export interface CoordinatorProgram extends Timed {
  /** Does one operation and ends it by `ctx.done`; the next one comes after that. */
  invoke(request: QuorumRequest): void;
  /**
   * What reads of this configuration really promise: what was asked for, or `eventual` if W + R does not allow more. Changes nothing.
   */
  label(): Consistency;
  fetchReply: Handlers<QuorumProtocol>["fetchReply"];
  storeReply: Handlers<QuorumProtocol>["storeReply"];
}

/** A prediction of Lab 6: what you expect before you measure; see the handout for the table of cases. */
export type Predictions = { readonly [caseId: string]: number | string | boolean | null };
