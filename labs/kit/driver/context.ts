import { copyPlain, PlainDataError } from "../program/copy";
import {
  ForbiddenError,
  ProgramError,
  type AnyProgram,
  type Answer,
  type CallId,
  type Effect,
  type Options,
  type PlainData,
  type RandomStream,
  type ServerId,
} from "../program";
import { inWords } from "./words";

/** What outlives a single input within one life of a server; part of a captured world. */
export interface LifeState {
  readonly openCalls: Set<CallId>;
  readonly random: RandomStream;
  saved: PlainData | undefined;
}

/** Who the program is, for error messages. */
export interface Identity {
  readonly id: ServerId;
  readonly peers: readonly ServerId[];
  readonly options: Options;
  /** The class, e.g. `Raft`. */
  readonly className: string;
  /** Stands before the names of its timers. */
  readonly timerPrefix: string;
  /** The verbs that it may use; absent: all. */
  readonly verbs?: readonly string[];
}

/**
 * The object behind a student's `ctx`: it writes down effects, in order, while a handler runs.
 *
 * Every verb does its work before it writes anything down, so that an error leaves nothing half done. The first
 * error sticks: a program cannot hide it with a `catch`.
 */
export class ProgramContext {
  readonly id: ServerId;
  readonly peers: readonly ServerId[];
  readonly options: Options;
  readonly #className: string;
  readonly #timerPrefix: string;
  readonly #verbs: readonly string[] | undefined;
  readonly #life: LifeState;
  #program: AnyProgram | undefined;
  /** The book of the running handler; undefined between handlers. */
  #effects: Effect[] | undefined;
  #now = 0;
  #handler = "";
  #fault: Error | undefined;
  /** Methods whose reply is known to have a handler. */
  readonly #answered = new Set<string>();
  /** The request before: a leader tells all its followers much the same. */
  #lastRequest: PlainData | undefined;
  /** Of a service: how much the layer below has on the disk. */
  #savedBytes: (() => number) | undefined;

  constructor(identity: Identity, life: LifeState) {
    this.id = identity.id;
    this.peers = identity.peers;
    this.options = identity.options;
    this.#className = identity.className;
    this.#timerPrefix = identity.timerPrefix;
    this.#verbs = identity.verbs;
    this.#life = life;
    Object.freeze(this);
  }

  /** Opens the book for one handler. */
  static begin(context: ProgramContext, handler: string, now: number): void {
    context.#effects = [];
    context.#handler = handler;
    context.#now = now;
    context.#fault = undefined;
  }

  /** Closes the book: the effects of the handler, and the first error of a verb if there was one. */
  static end(context: ProgramContext): { effects: Effect[]; fault: Error | undefined } {
    const effects = context.#effects ?? [];
    context.#effects = undefined;
    return { effects, fault: context.#fault };
  }

  /** Tells the context which program it serves, so that `call` can see whether the reply has a handler. */
  static attach(context: ProgramContext, program: AnyProgram): void {
    context.#program = program;
  }

  /** A request has come that may be answered from now on. */
  static open(context: ProgramContext, call: CallId): void {
    context.#life.openCalls.add(call);
  }

  /** Hands something to the layer above by the verb of that name, for whoever does what a program has done elsewhere. */
  static up(context: ProgramContext, verb: string, [first, second, third]: readonly PlainData[]): void {
    switch (verb) {
      case "apply":
        return context.apply(first as number, second as number, third);
      case "restore":
        return context.restore(first as number, second as number, third);
      case "leadership":
        return context.leadership(first as number, second as boolean);
      case "readReady":
        return context.readReady(first as number, second as number | undefined);
      case "done":
        return context.done(first);
      default:
        return context.#refuse(`ctx.${inWords(verb)} does not exist`);
    }
  }

  /** Tells the context of a service what it stands on. */
  static standOn(context: ProgramContext, savedBytes: () => number): void {
    context.#savedBytes = savedBytes;
  }

  /** The clock of the running handler. */
  static timeOf(context: ProgramContext): number {
    context.#book("now");
    return context.#now;
  }

  /** The service calls the layer below: what that does joins the effects of the running handler, at this place. */
  static down(
    context: ProgramContext,
    verb: string,
    args: { readonly [name: string]: unknown },
    deliver: (copies: readonly PlainData[], now: number) => Answer,
  ): PlainData | undefined {
    const book = context.#effects;
    if (book === undefined) {
      throw new ForbiddenError(`raft.${verb} was used outside a handler of ${context.#className}`);
    }
    const copies = Object.entries(args).map(([name, value]) => context.#copy(value, name));
    book.push({ kind: "down", verb, args: copies });
    try {
      const { effects, value } = deliver(copies, context.#now);
      book.push(...effects, value === undefined ? { kind: "downDone" } : { kind: "downDone", value });
      return value;
    } catch (error) {
      context.#fault ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  now(): number {
    this.#book("now");
    return this.#now;
  }

  random(): number {
    this.#book("random");
    return this.#life.random.next();
  }

  call(to: ServerId, method: string, request: unknown): void {
    const book = this.#book("call");
    if (!this.peers.includes(to)) {
      this.#refuse(`ctx.call: ${inWords(to)} is not one of the peers ${this.peers.join(", ")}`);
    }
    this.#expectAnswer(method);
    const copy = this.#copy(request, "request", this.#lastRequest);
    this.#lastRequest = copy;
    book.push({ kind: "call", to, method, request: copy });
  }

  reply(call: CallId, reply: unknown): void {
    const book = this.#book("reply");
    if (!this.#life.openCalls.has(call)) {
      this.#refuse(
        `ctx.reply: call ${inWords(call)} is not open: it was answered already, or never was a call`,
      );
    }
    const copy = this.#copy(reply, "reply");
    this.#life.openCalls.delete(call);
    book.push({ kind: "reply", call, reply: copy });
  }

  setTimer(name: string, ms: number): void {
    const book = this.#book("setTimer");
    this.#expectName("setTimer", name);
    if (typeof ms !== "number" || !(ms >= 0) || !Number.isFinite(ms)) {
      this.#refuse(`ctx.setTimer("${name}"): ${inWords(ms)} is not a time in ms (0 or more)`);
    }
    // Far beyond the end of any world such a product is no longer exact, or even infinite.
    const rounded = ms < 1e12 ? Math.round(ms * 1000) / 1000 : ms;
    book.push({ kind: "setTimer", name: this.#timerPrefix + name, ms: rounded });
  }

  cancelTimer(name: string): void {
    const book = this.#book("cancelTimer");
    this.#expectName("cancelTimer", name);
    book.push({ kind: "cancelTimer", name: this.#timerPrefix + name });
  }

  save(state: unknown): void {
    const book = this.#book("save");
    const copy = this.#copy(state, "state", this.#life.saved);
    this.#life.saved = copy;
    book.push({ kind: "save", state: copy });
  }

  note(text: string, data?: unknown): void {
    const book = this.#book("note");
    const note = { kind: "note", text: typeof text === "string" ? text : inWords(text) } as const;
    book.push(data === undefined ? note : { ...note, data: this.#copy(data, "data") });
  }

  apply(index: number, term: number, command: unknown): void {
    this.#expectCounts("apply", { index, term });
    this.#up("apply", { index, term, command });
  }

  restore(index: number, term: number, data: unknown): void {
    this.#expectCounts("restore", { index, term });
    this.#up("restore", { index, term, data });
  }

  leadership(term: number, isLeader: boolean): void {
    this.#up("leadership", { term, isLeader });
  }

  readReady(token: number, index?: number): void {
    this.#up("readReady", index === undefined ? { token } : { token, index });
  }

  done(result: unknown): void {
    this.#up("done", { result });
  }

  savedBytes(): number {
    this.#book("savedBytes");
    return this.#savedBytes?.() ?? 0;
  }

  /** Hands something to the layer above. */
  #up(verb: string, args: { readonly [name: string]: unknown }): void {
    const book = this.#book(verb);
    const copies = Object.entries(args).map(([name, value]) => this.#copy(value, name));
    book.push({ kind: "up", verb, args: copies });
  }

  #book(verb: string): Effect[] {
    if (this.#effects === undefined) {
      // Somebody kept a callback and runs it when no handler is running: nothing can be written down.
      throw new ForbiddenError(`ctx.${verb} was used outside a handler of ${this.#className}`);
    }
    if (this.#verbs?.includes(verb) === false) {
      this.#refuse(`ctx.${verb}: the context of a ${this.#className} has ${this.#verbs.join(", ")}`);
    }
    return this.#effects;
  }

  /** A reply without a handler would be lost without a word. */
  #expectAnswer(method: string): void {
    if (this.#answered.has(method)) return;
    if (typeof method !== "string")
      this.#refuse(`ctx.call: the method must be a name, not ${inWords(method)}`);
    // The constructor may call before there is a program to look at; the reply handler is then checked on arrival.
    if (this.#program === undefined) return;
    if (typeof this.#program[`${method}Reply`] !== "function") {
      this.#refuse(`ctx.call("${method}"): ${this.#className} has no handler ${method}Reply for the answer`);
    }
    this.#answered.add(method);
  }

  #expectName(verb: string, name: string): void {
    if (typeof name !== "string")
      this.#refuse(`ctx.${verb}: the name must be a string, not ${inWords(name)}`);
  }

  #expectCounts(verb: string, counts: { readonly [name: string]: unknown }): void {
    this.#book(verb);
    for (const [name, value] of Object.entries(counts)) {
      if (typeof value === "number" && Number.isInteger(value) && value >= 1) continue;
      this.#refuse(`ctx.${verb}: ${name} must be a whole number, 1 or more; it is ${inWords(value)}`);
    }
  }

  #copy(value: unknown, name: string, previous?: PlainData): PlainData {
    try {
      return copyPlain(value, name, previous);
    } catch (error) {
      if (error instanceof PlainDataError) this.#refuse(error.message);
      throw error; // of a getter of the program's own
    }
  }

  #refuse(problem: string): never {
    const error = new ProgramError(
      `${this.#className}.${this.#handler} on server ${this.id}: ${problem}`,
      this.id,
    );
    this.#fault ??= error;
    throw error;
  }
}
