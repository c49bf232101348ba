import { ProgramContext, SERVICE_TIMER, type LifeState } from "../driver";
import {
  copyPlain,
  ProgramError,
  RandomStream,
  type Answer,
  type BootInput,
  type Driver,
  type Effect,
  type RunningInput,
  type ServerId,
} from "../program";
import type { Cast, Needs, Part } from "../subject";
import { BorderError } from "./codec";

/** Whoever runs the programs of a world somewhere else, and tells what they did. What it tells is not believed. */
export interface Teller {
  /** @param part - what the server runs */
  boot(server: ServerId, now: number, input: BootInput, part: Part): Answer;
  deliver(server: ServerId, now: number, input: RunningInput): Answer;
  crash(server: ServerId): void;
  weigh(server: ServerId): number;
  capture(): unknown;
  restore(captured: unknown): void;
}

/** The contexts of one life of a server, without a program. */
interface Ghost {
  readonly base: Role;
  readonly service?: Role & { readonly methods: readonly string[] };
}

interface Role {
  readonly context: ProgramContext;
  copy(): Role;
}

/**
 * A driver without programs: it does what it is told that they did, verb by verb, with the contexts that programs have in this
 * process. So the same rules hold on both sides of a border, whoever sits behind it: a message to nobody, an answer to a
 * call that is not open or a verb that a role does not have is refused here as well.
 */
export class GhostDriver implements Driver {
  private ghosts = new Map<ServerId, Ghost>();

  constructor(
    private readonly teller: Teller,
    private readonly cast: Cast,
  ) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    this.ghosts.delete(server);
    const part = this.cast(server);
    const told = this.teller.boot(server, now, input, part);
    const ghost = ghostOf(server, part, input);
    const effects = ghost.service === undefined ? perform(ghost.base, told, now) : bootBoth(ghost, told, now);
    this.ghosts.set(server, ghost);
    return { effects };
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    const ghost = this.ghosts.get(server);
    if (ghost === undefined) throw new Error(`server ${server} is not running`);
    const { base, service } = ghost;
    const isUpper = service !== undefined && isForService(input, service.methods);
    if (input.kind === "request") ProgramContext.open((isUpper ? service : base).context, input.call);
    const told = this.teller.deliver(server, now, input);
    const effects = isUpper ? performAbove(base, service, told, now) : perform(base, told, now);
    return told.value === undefined ? { effects } : { effects, value: copyPlain(told.value, "value") };
  }

  crash(server: ServerId): void {
    this.ghosts.delete(server);
    this.teller.crash(server);
  }

  weigh(server: ServerId): number {
    return this.teller.weigh(server);
  }

  capture(): unknown {
    return { told: this.teller.capture(), ghosts: copyOf(this.ghosts) };
  }

  restore(captured: unknown): void {
    const { told, ghosts } = captured as { told: unknown; ghosts: ReadonlyMap<ServerId, Ghost> };
    this.teller.restore(told);
    this.ghosts = copyOf(ghosts);
  }
}

function ghostOf(server: ServerId, part: Part, input: BootInput): Ghost {
  const base = roleOf(server, part, input, "");
  if (part.service === undefined) return { base };
  const service = roleOf(server, part.service, input, SERVICE_TIMER);
  return { base, service: { ...service, methods: part.service.requests } };
}

function roleOf(id: ServerId, { exportName, verbs }: Needs, input: BootInput, timerPrefix: string): Role {
  const { peers, options, seed, saved } = input;
  const identity = {
    id,
    peers,
    options,
    className: exportName,
    timerPrefix,
    ...(verbs === undefined ? {} : { verbs }),
  };
  const make = (life: LifeState): Role => ({
    context: new ProgramContext(identity, life),
    copy: () => make({ ...life, openCalls: new Set(life.openCalls) }),
  });
  return make({ openCalls: new Set(), random: RandomStream.from(seed), saved });
}

function copyOf(ghosts: ReadonlyMap<ServerId, Ghost>): Map<ServerId, Ghost> {
  return new Map(
    [...ghosts].map(([server, { base, service }]): [ServerId, Ghost] => {
      if (service === undefined) return [server, { base: base.copy() }];
      return [server, { base: base.copy(), service: { ...service.copy(), methods: service.methods } }];
    }),
  );
}

function isForService(input: RunningInput, methods: readonly string[]): boolean {
  if (input.kind === "timer") return input.name.startsWith(SERVICE_TIMER);
  return input.kind === "up" || (input.kind === "request" && methods.includes(input.method));
}

/** Does what a program is told to have done in one handler. */
function perform({ context }: Role, { effects }: Pick<Answer, "effects">, now: number): Effect[] {
  return inBook(context, now, () => {
    for (const effect of effects) act(context, effect, "");
  });
}

/** The same for the handler of a service: what it calls below stands between `down` and `downDone`. */
function performAbove(base: Role, service: Role, { effects }: Answer, now: number): Effect[] {
  return inBook(service.context, now, () => {
    for (let i = 0; i < effects.length; i++) {
      const effect = effects[i];
      if (effect?.kind !== "down") {
        if (effect !== undefined) act(service.context, effect, SERVICE_TIMER);
        continue;
      }
      let end = i + 1;
      while (end < effects.length && effects[end]?.kind !== "downDone") end++;
      const done = effects[end];
      if (done?.kind !== "downDone") throw new BorderError("a call of the layer below does not end");
      const below = effects.slice(i + 1, end);
      ProgramContext.down(service.context, effect.verb, { ...effect.args }, () => {
        const own = perform(base, { effects: below }, now);
        return done.value === undefined ? { effects: own } : { effects: own, value: done.value };
      });
      i = end;
    }
  });
}

/** Two constructors have run, first the one below: what each can do tells them apart. */
function bootBoth({ base, service }: Ghost, { effects }: Answer, now: number): Effect[] {
  const isAbove = (effect: Effect): boolean =>
    effect.kind === "down" || (effect.kind === "setTimer" && effect.name.startsWith(SERVICE_TIMER));
  const first = effects.findIndex(isAbove);
  if (service === undefined || first < 0) return perform(base, { effects }, now);
  const own = perform(base, { effects: effects.slice(0, first) }, now);
  return [...own, ...performAbove(base, service, { effects: effects.slice(first) }, now)];
}

function inBook(context: ProgramContext, now: number, body: () => void): Effect[] {
  ProgramContext.begin(context, "handler", now);
  try {
    body();
  } catch (error) {
    ProgramContext.end(context);
    // Where the program runs its own context has let this through, or it was never there.
    if (error instanceof ProgramError) throw new BorderError(error.message);
    throw error;
  }
  return ProgramContext.end(context).effects;
}

function act(context: ProgramContext, effect: Effect, timerPrefix: string): void {
  switch (effect.kind) {
    case "call":
      return context.call(effect.to, effect.method, effect.request);
    case "reply":
      return context.reply(effect.call, effect.reply);
    case "setTimer":
      return context.setTimer(withoutPrefix(effect.name, timerPrefix), effect.ms);
    case "cancelTimer":
      return context.cancelTimer(withoutPrefix(effect.name, timerPrefix));
    case "save":
      return context.save(effect.state);
    case "note":
      return context.note(effect.text, effect.data);
    case "up":
      return ProgramContext.up(context, effect.verb, effect.args);
    case "down":
    case "downDone":
      throw new BorderError("a call of a layer below where there is none");
  }
}

function withoutPrefix(name: string, prefix: string): string {
  if (name.startsWith(prefix)) return name.slice(prefix.length);
  throw new BorderError("a timer of the layer below is set by the one above");
}
