import type { Answer, BootInput, Driver, Effect, Input, PlainData, RunningInput, ServerId } from "../program";
import { Trace, type WorldEvent } from "../trace";
import type { WorldConfig } from "./config";
import { World } from "./world";

/** What a server of a test does with an input. */
export type Script = (input: Input) => readonly Effect[];

/**
 * Does what it is told to, `world.invoke(0, "do", ...effects)`, and answers each request with the data of the request.
 * Method names that begin with `later` are not answered.
 */
export const obedient: Script = (input) => {
  if (input.kind === "invoke") return input.args as unknown as Effect[];
  if (input.kind !== "request" || input.method.startsWith("later")) return [];
  return [{ kind: "reply", call: input.call, reply: input.request }];
};

/** What a server was handed. */
export interface Heard {
  readonly server: ServerId;
  /** The server's own clock, in ms. */
  readonly now: number;
  readonly input: Input;
}

/** Runs scripts instead of programs, and remembers all that it was handed. */
export class ScriptDriver implements Driver {
  heard: Heard[] = [];

  constructor(private readonly script: Script = obedient) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    return this.run(server, now, input);
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    return this.run(server, now, input);
  }

  crash(): void {
    // A script has no memory that could be lost.
  }

  weigh(): number {
    return 0; // a script has no fields
  }

  capture(): unknown {
    return [...this.heard];
  }

  restore(captured: unknown): void {
    this.heard = [...(captured as readonly Heard[])];
  }

  private run(server: ServerId, now: number, input: Input): Answer {
    this.heard.push({ server, now, input });
    const effects = this.script(input);
    return input.kind === "invoke" ? { effects, value: null } : { effects };
  }
}

/** A world of scripts that are all up, and what is seen of it. */
export class Bench {
  readonly driver: ScriptDriver;
  readonly trace = new Trace({ keep: Infinity });
  readonly world: World;

  constructor(config: Partial<WorldConfig> = {}, script?: Script) {
    this.driver = new ScriptDriver(script);
    this.world = new World({ seed: 1, servers: 3, ...config }, this.driver, [this.trace]);
    for (const id of this.world.servers) if (!this.world.isPuppet(id)) this.world.boot(id);
  }

  /** Makes a server say something now. */
  do(server: ServerId, ...effects: readonly Effect[]): void {
    this.world.invoke(server, "do", ...effects);
  }

  /** Makes a server call another. */
  call(from: ServerId, to: ServerId, request: PlainData = {}, method = "ping"): void {
    this.do(from, { kind: "call", to, method, request });
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    this.world.runUntil(this.world.now + ms);
  }

  /** Inputs of one kind that a server has handled, oldest first. */
  got<K extends Input["kind"]>(server: ServerId, kind: K): Extract<Input, { kind: K }>[] {
    return this.driver.heard
      .filter((one) => one.server === server)
      .map(({ input }) => input)
      .filter((input): input is Extract<Input, { kind: K }> => input.kind === kind);
  }

  /** When inputs of a kind were handled, by whomever, in virtual ms. */
  inputTimes(kind: Input["kind"]): number[] {
    return this.trace.records.flatMap((one) =>
      one.type === "input" && one.input.kind === kind ? [one.at] : [],
    );
  }

  /** When effects of a kind left, in virtual ms. */
  effectTimes(kind: Effect["kind"]): number[] {
    return this.trace.records.flatMap((one) =>
      one.type === "effect" && one.effect.kind === kind ? [one.at] : [],
    );
  }

  /** What the world did by itself, of one kind. */
  events<K extends WorldEvent["kind"]>(kind: K): Extract<WorldEvent, { kind: K }>[] {
    return this.trace.records
      .flatMap((record) => (record.type === "event" ? [record.event] : []))
      .filter((event): event is Extract<WorldEvent, { kind: K }> => event.kind === kind);
  }
}
