import { ProgramError, type Effect, type Input, type PlainData, type RunningInput } from "../program";
import { InProcessDriver, type InProcessOptions, type Programs } from "./in-process";

/** A program as a student might write it, without the types that would stop it. */
export type AnyClass = new (ctx: Ctx, saved: unknown) => object;

/** The verbs of a context, for programs that are wrong on purpose. */
export interface Ctx {
  readonly id: number;
  readonly peers: number[];
  readonly options: Record<string, unknown>;
  now(): number;
  random(): number;
  call(to: unknown, method: unknown, request: unknown): void;
  reply(call: unknown, reply: unknown): void;
  setTimer(name: unknown, ms: unknown): void;
  cancelTimer(name: unknown): void;
  save(state: unknown): void;
  note(text: unknown, data?: unknown): void;
  apply(index: unknown, term: unknown, command: unknown): void;
  restore(index: unknown, term: unknown, data: unknown): void;
  leadership(term: unknown, isLeader: unknown): void;
}

/** One program, server 1 of three, that was booted and can be handed inputs. */
export class Runner {
  readonly driver: InProcessDriver;

  constructor(
    private readonly program: AnyClass,
    options: Partial<InProcessOptions> = {},
  ) {
    const programsFor = (): Programs => ({ className: "Raft", program: this.program });
    this.driver = new InProcessDriver({ programsFor, ...options });
  }

  /** The effects of the constructor. */
  boot(saved?: PlainData, seed = 1): readonly Effect[] {
    const input: Input = {
      kind: "boot",
      peers: [0, 2],
      options: {},
      seed,
      ...(saved === undefined ? {} : { saved }),
    };
    return this.driver.boot(1, 1000, input).effects;
  }

  /** The effects of a handler. */
  run(input: RunningInput, now = 1000): readonly Effect[] {
    return this.driver.deliver(1, now, input).effects;
  }

  /** The effects of the handler of `ping`. */
  request(request: PlainData = {}, call = 1): readonly Effect[] {
    return this.run({ kind: "request", from: 0, method: "ping", request, call });
  }

  /** The effects of the handler of the timer. */
  timer(name = "t", now?: number): readonly Effect[] {
    return this.run({ kind: "timer", name }, now);
  }
}

/** The sentence with which a program's run ends. */
export function broken(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof ProgramError) return error.message;
    throw error;
  }
  throw new Error("nothing was wrong");
}
