import type { ServerId } from "../kit/program";
import type { Entry, Stage } from "../kit/scene";
import type { NetworkName, ServiceTimes } from "../kit/sim";
import type { Subject } from "../kit/subject";

/** An operation of the workload: what any of the systems can do. */
export type Operation =
  | { readonly kind: "write"; readonly key: string; readonly value: string }
  | { readonly kind: "read"; readonly key: string };

/** An operation that a client has begun; `result` and `returnedAt` come when it ends. */
export type Attempt = Entry<unknown, unknown>;

/** What a client of a load does next; n counts its operations from 0. Undefined: nothing for the time being. */
export type Work = (client: ServerId, n: number) => Operation | undefined;

/** A running system as a measurement sees it: the same verbs whatever runs. */
export interface Store {
  readonly servers: readonly ServerId[];
  /** Time, crashes, cuts, costs. */
  readonly stage: Stage;
  /** The number of another client; it reaches all servers. */
  client(): ServerId;
  /**
   * A client for reads alone. Where any server may answer, it asks this one and no other; else it is like any other client.
   *
   * @param server - absent: each reader another one, in turn
   */
  reader(server?: ServerId): ServerId;
  /** Cuts a client off from all servers but these; without any: mends all its links. */
  reach(client: ServerId, ...servers: readonly ServerId[]): void;
  /** Hands a client an operation and lets nothing else happen. */
  begin(client: ServerId, operation: Operation): Attempt;
  /**
   * Keeps clients busy, each with one operation at a time, while `body` happens.
   *
   * @returns what has ended by then; whether what was open at the end is among it is left to the harness
   */
  load(clients: readonly ServerId[], work: Work, body: () => void): Attempt[];
  /** Waits until it can serve at all: for Raft, until there is a leader. */
  ready(): void;
  /** For Raft: who leads; else nobody. */
  leader(): ServerId | undefined;
}

/** What a run is made of. */
export interface Setup {
  readonly subject: Subject;
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  readonly servers: number;
  readonly clients: number;
  readonly network?: NetworkName;
  /** Ms between two rounds of a quorum replica's anti-entropy; absent: never. Raft's followers hear of all they lack anyway. */
  readonly repairEvery?: number;
  readonly service?: ServiceTimes;
}

/** A program broke a rule, so what was measured would be worthless. */
export class CompareError extends Error {
  override readonly name = "CompareError";
}

/** True if it has ended with an answer. */
export function isServed({ result }: Attempt): boolean {
  return result !== undefined && result !== "failed" && result !== "unknown";
}

/** How long it took, in ms; Infinity if it has not been served. */
export function msOf(attempt: Attempt): number {
  return isServed(attempt) ? (attempt.returnedAt ?? Infinity) - attempt.calledAt : Infinity;
}

/** What a read has shown; null if the key holds nothing, undefined if the read was not served. */
export function shownBy(read: Attempt): string | null | undefined {
  if (!isServed(read)) return undefined;
  const { value } = read.result as { readonly value: string | null };
  return value === "" ? null : value;
}

/**
 * Waits until an operation has ended.
 *
 * @param within - virtual ms; longer than that nobody waits
 * @returns whether it was served
 */
export function served(store: Store, attempt: Attempt, within: number): boolean {
  const end = store.stage.now + within;
  while (attempt.result === undefined && store.stage.now < end) store.stage.watch(STEP);
  return isServed(attempt);
}

/** How often somebody who waits looks, in virtual ms. */
const STEP = 5;
