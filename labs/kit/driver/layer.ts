import {
  copyGraph,
  copyPlain,
  ForbiddenError,
  GraphError,
  PlainDataError,
  ProgramError,
  ThrownError,
  weighGraph,
  type AnyProgram,
  type Answer,
  type Effect,
  type PlainData,
  type RunningInput,
} from "../program";
import { ProgramContext, type Identity, type LifeState } from "./context";
import { inWords, thrownWords } from "./words";

/** What runs a program's handlers needs of the desk around it. */
export interface Desk {
  /** Maps an error to the student's own lines, innermost first. */
  stackOf?(error: unknown): readonly string[];
  /** Told who is to receive `console.*` from now on; returns who did before. */
  console?(sink: ConsoleSink | undefined): ConsoleSink | undefined;
}

/** How loudly a program said something. */
export type ConsoleLevel = "log" | "info" | "debug" | "warn" | "error";

/** Takes what the running program writes to its console, one line at a time. */
export type ConsoleSink = (text: string, level: ConsoleLevel) => void;

/** A class of a program and what is handed to its constructor behind the context. */
type Make = (context: ProgramContext) => object;

/** One program in one life of a server: calls its handlers by name, and turns whatever goes wrong into one sentence. */
export class Layer {
  readonly context: ProgramContext;
  private program: AnyProgram = {};
  /** The reply before: most are equal, and equal ones are shared. */
  private lastReply: PlainData | undefined;

  constructor(
    private readonly identity: Identity,
    readonly life: LifeState,
    private readonly desk: Desk,
  ) {
    this.context = new ProgramContext(identity, life);
  }

  /** Runs the constructor. */
  construct(now: number, make: Make): Effect[] {
    const effects = this.run("constructor", now, () => {
      this.program = make(this.context) as AnyProgram;
    });
    ProgramContext.attach(this.context, this.program);
    return effects;
  }

  /** True if the program has such a handler. */
  has(handler: string): boolean {
    return typeof this.program[handler] === "function";
  }

  deliver(now: number, input: RunningInput): Answer {
    switch (input.kind) {
      case "request":
        return this.request(now, input);
      case "reply":
        return this.command(now, replyHandler(input.method), [input.from, input.reply, input.request]);
      case "timer":
        return this.command(now, "timer", [input.name]);
      case "up":
        return this.command(now, input.verb, input.args);
      case "invoke":
        return this.invoke(now, input.verb, input.args);
    }
  }

  /** Bytes of all that the program keeps in its fields; `foreign` objects are not its own. */
  weigh(foreign: readonly object[] = []): number {
    return weighGraph(this.program, [this.context, ...foreign]);
  }

  /** An independent copy; `twins` says what stands in it for objects of the driver, e.g. the handle of the layer below. */
  clone(twins: ReadonlyMap<object, object> = new Map()): Layer {
    const life = { ...this.life, openCalls: new Set(this.life.openCalls), random: this.life.random.clone() };
    const layer = new Layer(this.identity, life, this.desk);
    layer.lastReply = this.lastReply;
    layer.program = this.copyProgram(new Map([...twins, [this.context, layer.context]]));
    ProgramContext.attach(layer.context, layer.program);
    return layer;
  }

  private request(now: number, input: Extract<RunningInput, { kind: "request" }>): Answer {
    const { method, call } = input;
    ProgramContext.open(this.context, call);
    let reply: PlainData | undefined;
    const effects = this.run(method, now, () => {
      const answer = this.handler(method).call(this.program, input.from, input.request, call);
      if (answer === "later") return;
      reply = this.lastReply = this.copyAnswer(method, answer, "reply", this.lastReply);
    });
    if (reply !== undefined) {
      if (!this.life.openCalls.delete(call)) {
        throw this.broken(method, `answered call ${call} twice: by ctx.reply and by its return value`);
      }
      effects.push({ kind: "reply", call, reply });
    }
    return { effects };
  }

  private command(now: number, name: string, args: readonly PlainData[]): Answer {
    const effects = this.run(name, now, () => {
      const answer: unknown = this.handler(name).apply(this.program, args as unknown[]);
      if (isPromise(answer)) throw this.broken(name, promised(name));
    });
    return { effects };
  }

  private invoke(now: number, verb: string, args: readonly PlainData[]): Answer {
    let value: PlainData | undefined;
    const effects = this.run(verb, now, () => {
      const answer: unknown = this.handler(verb).apply(this.program, args as unknown[]);
      value = answer === undefined ? undefined : this.copyAnswer(verb, answer, "value");
    });
    return value === undefined ? { effects } : { effects, value };
  }

  /** Runs one handler with the book open. */
  private run(handler: string, now: number, body: () => void): Effect[] {
    const { context } = this;
    ProgramContext.begin(context, handler, now);
    const outer = this.desk.console?.((text) => context.note(text));
    let thrown: { error: unknown } | undefined;
    try {
      body();
    } catch (error) {
      thrown = { error };
    }
    this.desk.console?.(outer);
    const { effects, fault } = ProgramContext.end(context);
    if (fault !== undefined) throw this.explain(handler, fault);
    if (thrown !== undefined) throw this.explain(handler, thrown.error);
    return effects;
  }

  private handler(name: string): (this: AnyProgram, ...args: unknown[]) => unknown {
    const found = this.program[name];
    if (typeof found !== "function") throw this.broken(name, "is missing: the class has no such method");
    return found as (this: AnyProgram, ...args: unknown[]) => unknown;
  }

  private copyAnswer(
    method: string,
    answer: unknown,
    name: "reply" | "value",
    previous?: PlainData,
  ): PlainData {
    if (answer === undefined) {
      throw this.broken(method, `returned undefined (a forgotten return?); return the reply, or "later"`);
    }
    if (isPromise(answer)) throw this.broken(method, promised(method));
    if (name === "reply" && (typeof answer !== "object" || answer === null)) {
      throw this.broken(method, `returned ${inWords(answer)}; return the reply, an object, or "later"`);
    }
    try {
      return copyPlain(answer, name, previous);
    } catch (error) {
      if (error instanceof PlainDataError)
        throw this.broken(method, `returned what cannot be sent: ${error.message}`);
      throw error;
    }
  }

  private broken(handler: string, problem: string): ProgramError {
    const { className, id } = this.identity;
    return new ProgramError(`${className}.${handler} on server ${id} ${problem}`, id);
  }

  private explain(handler: string, error: unknown): ProgramError {
    const { className, id } = this.identity;
    const where = this.desk.stackOf?.(error) ?? [];
    if (ProgramError.isGenuine(error)) {
      if (error.where.length > 0) return error; // the layer below has explained it
      return new ProgramError(error.message, error.server, where);
    }
    const { name, text } = thrownWords(error);
    if (text.startsWith("not implemented yet")) return new ProgramError(text, id, where);
    const forbidden = error instanceof ForbiddenError;
    const kind = forbidden || name === undefined ? "" : `${name}: `;
    return new (forbidden ? ProgramError : ThrownError)(
      `${className}.${handler} on server ${id} threw ${kind}${text}`,
      id,
      where,
    );
  }

  private copyProgram(twins: Map<object, object>): AnyProgram {
    try {
      return copyGraph(this.program, this.identity.className, twins);
    } catch (error) {
      if (error instanceof GraphError) throw new ProgramError(error.message, this.identity.id);
      throw error;
    }
  }
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
