import type { PlainData } from "./plain";

/** A server's number: 0 to n-1; clients and puppets count on from n. */
export type ServerId = number;

/** Names one request that a server is answering; valid for this life of the server. */
export type CallId = number;

/**
 * A protocol is a type: a request and a reply for each method.
 *
 * ```ts
 * type Ping = { ping: { request: { n: number }; reply: { n: number } } };
 * ```
 */
export type Protocol = { readonly [method: string]: { request: object; reply: object } };

/** The name of a method of protocol P. */
export type Method<P extends Protocol> = keyof P & string;

/**
 * The handlers that protocol P demands of a program. A class that `implements Handlers<P>` cannot forget
 * or misspell one: it would not compile.
 *
 * - `<method>(from, request, call)` answers a request: it returns the reply, or `"later"` when
 *   {@link Context.reply} will give it. Never a promise, never `undefined`.
 * - `<method>Reply(from, reply, request)` receives the reply to an own call together with the request it
 *   answers, so that a late or repeated one can be recognised. It may come late, twice, or never.
 */
export type Handlers<P extends Protocol> = {
  [M in Method<P>]: (from: ServerId, request: P[M]["request"], call: CallId) => P[M]["reply"] | "later";
} & {
  [M in Method<P> as `${M}Reply`]: (from: ServerId, reply: P[M]["reply"], request: P[M]["request"]) => void;
};

/** What every program offers: a handler for its timers. */
export interface Timed {
  /** The timer `name` that was set by `ctx.setTimer` has run out. */
  timer(name: string): void;
}

/** A program: the handlers of its protocol and one for its timers. */
export type Program<P extends Protocol> = Handlers<P> & Timed;

/** How a driver sees any program: an object whose methods it calls by name. */
export type AnyProgram = Record<string, unknown>;

/** The constructor of a program: `saved` is what was last saved, or undefined on a first boot. */
export type ProgramClass = new (ctx: never, saved: PlainData | undefined) => object;
