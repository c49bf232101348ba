import {
  copyGraph,
  copyPlain,
  ForbiddenError,
  GraphError,
  PlainDataError,
  ProgramError,
  RandomStream,
  ThrownError,
  weighGraph,
  type AnyProgram,
  type Answer,
  type BootInput,
  type Driver,
  type Effect,
  type PlainData,
  type ProgramClass,
  type RunningInput,
  type ServerId,
} from "../program";
import { ProgramContext, type Identity, type LifeState } from "./context";
import { inWords } from "./words";

/** Where the programs of a world come from, and what helps to explain their errors. */
export interface InProcessOptions {
  /** The class that `server` runs; asked once for each of its lives. */
  programFor(server: ServerId): ProgramClass;
  /** How messages call the class, e.g. `Raft`. */
  readonly className: string;
  /** Maps an error to the student's own lines, innermost first. */
  stackOf?(error: unknown): readonly string[];
  /** Told who is to receive `console.*` while a handler runs, and undefined afterwards. */
  console?(sink: ((text: string) => void) | undefined): void;
}

interface Life {
  readonly context: ProgramContext;
  readonly identity: Identity;
  readonly state: LifeState;
  readonly program: AnyProgram;
  /** The reply before: most are equal, and equal ones are shared. */
  lastReply?: PlainData;
}

/** Runs programs in this process: fast, and a breakpoint in a handler stops the whole cluster. */
export class InProcessDriver implements Driver {
  private lives = new Map<ServerId, Life>();

  constructor(private readonly options: InProcessOptions) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    this.lives.delete(server);
    const { className } = this.options;
    const identity: Identity = {
      id: server,
      peers: Object.freeze([...input.peers]),
      options: Object.freeze({ ...input.options }),
      className,
    };
    const state: LifeState = {
      openCalls: new Set(),
      random: RandomStream.from(input.seed),
      saved: input.saved,
    };
    const context = new ProgramContext(identity, state);
    const Class = this.options.programFor(server) as new (
      ctx: ProgramContext,
      saved: PlainData | undefined,
    ) => object;
    let program: AnyProgram | undefined;
    const effects = this.run(context, "constructor", now, () => {
      program = new Class(context, input.saved) as AnyProgram;
    });
    if (program === undefined) throw new ProgramError(`${className} was not constructed`, server);
    ProgramContext.attach(context, program);
    this.lives.set(server, { context, identity, state, program });
    return { effects };
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    const life = this.lives.get(server);
    if (life === undefined) throw new Error(`server ${server} is not running`);
    switch (input.kind) {
      case "request":
        return this.request(life, now, input);
      case "reply":
        return this.command(life, now, replyHandler(input.method), [input.from, input.reply, input.request]);
      case "timer":
        return this.command(life, now, "timer", [input.name]);
      case "invoke":
        return this.invoke(life, now, input.verb, input.args);
    }
  }

  crash(server: ServerId): void {
    this.lives.delete(server);
  }

  weigh(server: ServerId): number {
    const life = this.lives.get(server);
    return life === undefined ? 0 : weighGraph(life.program, [life.context]);
  }

  capture(): unknown {
    const captured = new Map<ServerId, Life>();
    for (const [server, life] of this.lives) {
      captured.set(server, {
        ...life,
        state: copyLife(life.state),
        program: this.copyProgram(life, life.context),
      });
    }
    return captured;
  }

  restore(captured: unknown): void {
    this.lives = new Map();
    for (const [server, life] of captured as Map<ServerId, Life>) {
      const state = copyLife(life.state);
      const context = new ProgramContext(life.identity, state);
      const program = this.copyProgram(life, context);
      ProgramContext.attach(context, program);
      this.lives.set(server, { identity: life.identity, context, state, program });
    }
  }

  private request(life: Life, now: number, input: Extract<RunningInput, { kind: "request" }>): Answer {
    const { method, call } = input;
    life.state.openCalls.add(call);
    let reply: PlainData | undefined;
    const effects = this.run(life.context, method, now, () => {
      const answer = this.handler(life, method).call(life.program, input.from, input.request, call);
      if (answer === "later") return;
      reply = life.lastReply = this.copyAnswer(life, method, answer, "reply", life.lastReply);
    });
    if (reply !== undefined) {
      if (!life.state.openCalls.delete(call)) {
        throw this.broken(life, method, `answered call ${call} twice: by ctx.reply and by its return value`);
      }
      effects.push({ kind: "reply", call, reply });
    }
    return { effects };
  }

  private command(life: Life, now: number, name: string, args: readonly PlainData[]): Answer {
    const effects = this.run(life.context, name, now, () => {
      const answer: unknown = this.handler(life, name).apply(life.program, args as unknown[]);
      if (isPromise(answer)) throw this.broken(life, name, promised(name));
    });
    return { effects };
  }

  private invoke(life: Life, now: number, verb: string, args: readonly PlainData[]): Answer {
    let value: PlainData | undefined;
    const effects = this.run(life.context, verb, now, () => {
      const answer: unknown = this.handler(life, verb).apply(life.program, args as unknown[]);
      value = answer === undefined ? undefined : this.copyAnswer(life, verb, answer, "value");
    });
    return value === undefined ? { effects } : { effects, value };
  }

  /** Runs one handler with the book open, and turns whatever goes wrong into one sentence. */
  private run(context: ProgramContext, handler: string, now: number, body: () => void): Effect[] {
    ProgramContext.begin(context, handler, now);
    this.options.console?.((text) => context.note(text));
    let thrown: { error: unknown } | undefined;
    try {
      body();
    } catch (error) {
      thrown = { error };
    }
    this.options.console?.(undefined);
    const { effects, fault } = ProgramContext.end(context);
    if (fault !== undefined) throw this.explain(context, handler, fault);
    if (thrown !== undefined) throw this.explain(context, handler, thrown.error);
    return effects;
  }

  private handler(life: Life, name: string): (this: AnyProgram, ...args: unknown[]) => unknown {
    const found = life.program[name];
    if (typeof found !== "function")
      throw this.broken(life, name, "is missing: the class has no such method");
    return found as (this: AnyProgram, ...args: unknown[]) => unknown;
  }

  private copyAnswer(
    life: Life,
    method: string,
    answer: unknown,
    name: "reply" | "value",
    previous?: PlainData,
  ): PlainData {
    if (answer === undefined) {
      throw this.broken(
        life,
        method,
        `returned undefined (a forgotten return?); return the reply, or "later"`,
      );
    }
    if (isPromise(answer)) throw this.broken(life, method, promised(method));
    if (name === "reply" && (typeof answer !== "object" || answer === null)) {
      throw this.broken(life, method, `returned ${inWords(answer)}; return the reply, an object, or "later"`);
    }
    try {
      return copyPlain(answer, name, previous);
    } catch (error) {
      if (error instanceof PlainDataError)
        throw this.broken(life, method, `returned what cannot be sent: ${error.message}`);
      throw error;
    }
  }

  private broken(life: Life, handler: string, problem: string): ProgramError {
    const { className } = this.options;
    return new ProgramError(
      `${className}.${handler} on server ${life.identity.id} ${problem}`,
      life.identity.id,
    );
  }

  private explain(context: ProgramContext, handler: string, error: unknown): ProgramError {
    const where = this.options.stackOf?.(error) ?? [];
    if (error instanceof ProgramError) return new ProgramError(error.message, error.server, where);
    const text = error instanceof Error ? error.message : String(error);
    if (text.startsWith("not implemented yet")) return new ProgramError(text, context.id, where);
    const forbidden = error instanceof ForbiddenError;
    const kind = forbidden || !(error instanceof Error) ? "" : `${error.name}: `;
    return new (forbidden ? ProgramError : ThrownError)(
      `${this.options.className}.${handler} on server ${context.id} threw ${kind}${text}`,
      context.id,
      where,
    );
  }

  private copyProgram(life: Life, context: ProgramContext): AnyProgram {
    try {
      return copyGraph(life.program, this.options.className, new Map([[life.context, context]]));
    } catch (error) {
      if (error instanceof GraphError) throw new ProgramError(error.message, life.identity.id);
      throw error;
    }
  }
}

function copyLife(state: LifeState): LifeState {
  return { openCalls: new Set(state.openCalls), random: state.random.clone(), saved: state.saved };
}

const replyHandlers = new Map<string, string>();

/** `<method>Reply`, put together once. */
function replyHandler(method: string): string {
  let name = replyHandlers.get(method);
  if (name === undefined) replyHandlers.set(method, (name = `${method}Reply`));
  return name;
}

function isPromise(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

function promised(handler: string): string {
  return `returned a promise; ${handler} must finish before it returns (no async, no await): set a timer or wait for the reply's handler`;
}
