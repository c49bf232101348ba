import type { CallId, Method, Protocol, ServerId } from "./protocol";
import type { PlainData } from "./plain";

/**
 * All that a program may touch of the world. It is handed to the constructor: `new Raft(ctx, saved)`.
 *
 * A program is a state machine: each handler runs to its end at one instant of virtual time, changes fields and
 * calls the verbs below. Nothing else reaches it and nothing waits: no promise, no real clock, no real
 * randomness. Data that is sent or saved is copied at the call, so editing it afterwards changes nothing.
 */
export interface Context<P extends Protocol, State = PlainData> {
  /** This server's number. */
  readonly id: ServerId;
  /** The numbers of the others. */
  readonly peers: readonly ServerId[];
  /** What the scene asks of the program beyond the base lab; an absent option is off. */
  readonly options: Options;
  /** This server's own clock in ms. Clocks of two servers may differ, and run at slightly different speeds. */
  now(): number;
  /** A number in [0, 1), from this server's own stream of the seed. */
  random(): number;
  /** Sends a request; its reply arrives at `<method>Reply(from, reply, request)`: late, twice, or never. */
  call<M extends Method<P>>(to: ServerId, method: M, request: P[M]["request"]): void;
  /** Answers, once, a request whose handler returned `"later"`. */
  reply(call: CallId, reply: P[Method<P>]["reply"]): void;
  /** Runs `timer(name)` after `ms` on this server's own clock. One timer a name: setting it again restarts it. */
  setTimer(name: string, ms: number): void;
  /** Stops a timer; no harm if it is not running. */
  cancelTimer(name: string): void;
  /** Makes `state` durable, whole, before the next effect. A restart gets the last state that was saved. */
  save(state: State): void;
  /** A remark for the trace; `console.log` ends here too. */
  note(text: string, data?: PlainData): void;
}

/** What a scene may switch on. Base scenes leave everything off. */
export interface Options {
  /** Ask for a prospective vote before raising the term (Ongaro's thesis, §9.6). */
  readonly preVote?: boolean;
  /** A leader that has not heard from a majority for an election timeout steps down (thesis, §6.2). */
  readonly checkQuorum?: boolean;
  /** No server of this cluster campaigns sooner than this after hearing its leader (ms, on its own clock). */
  readonly minElectionTimeout?: number;
  /**
   * Leaders may read on a lease (thesis, §6.4.1). Every server then promises: for `minElectionTimeout` after it has heard its
   * leader, and after a boot, it neither votes nor campaigns.
   */
  readonly lease?: boolean;
  /** No clock of this cluster runs faster or slower than real time by more than this share, e.g. 0.05. */
  readonly maxDrift?: number;
  /** Once Raft has saved more bytes than this, the snapshot not counted, the service takes a snapshot (Lab 5). */
  readonly maxStateBytes?: number;
  /** The service keeps at most this many sessions (Lab 5). */
  readonly maxSessions?: number;
  /** A write is acknowledged once so many of the N replicas hold it (Lab 6). */
  readonly W?: number;
  /** A read asks until so many of the N replicas have answered (Lab 6). */
  readonly R?: number;
  /** What reads are to promise (Lab 6). */
  readonly promise?: Consistency;
  /** A coordinator ends each operation within so many ms of its own clock (Lab 6). */
  readonly timeout?: number;
  /** Each replica compares what it holds with another one every so many ms; 0: never (Lab 6). */
  readonly repairEvery?: number;
}

/**
 * What a quorum configuration promises, from weak to strong.
 *
 * - `eventual`: once writes stop and messages arrive, all replicas come to hold the same; a read may show anything that was written.
 * - `regular`: a read shows the last write that was acknowledged before it began, or a newer one (Lamport 1986, for several writers).
 * - `atomic`: the same, and no read shows something older than a read that ended before it began: linearizable (ABD 1995).
 */
export type Consistency = "eventual" | "regular" | "atomic";
