import {
  ProgramError,
  RandomStream,
  type Answer,
  type BootInput,
  type Driver,
  type ProgramClass,
  type RunningInput,
  type ServerId,
} from "../program";
import { Below } from "./below";
import { type ProgramContext } from "./context";
import { Layer, type Desk } from "./layer";

/** A class of the submission. */
export interface Role {
  /** How messages call the class, e.g. `Raft`. */
  readonly className: string;
  readonly program: ProgramClass;
  /** The verbs of the context that it has; absent: all. */
  readonly verbs?: readonly string[];
}

/** What runs on one server. */
export interface Programs extends Role {
  /** A second program on top of the first one. The requests of these methods are for it. */
  readonly service?: Role & { readonly methods: readonly string[] };
}

/** Where the programs of a world come from, and what helps to explain their errors. */
export interface InProcessOptions extends Desk {
  /** What `server` runs; asked once for each of its lives. */
  programsFor(server: ServerId): Programs;
}

/** Timers of the service bear this before their name: the two programs of a server share its timers. */
export const SERVICE_TIMER = "service:";

/** One life of a server: a program, and perhaps a service on top of it. */
interface Life {
  readonly base: Layer;
  readonly service?: { readonly layer: Layer; readonly below: Below; readonly methods: readonly string[] };
}

/** Runs programs in this process: fast, and a breakpoint in a handler stops the whole cluster. */
export class InProcessDriver implements Driver {
  private lives = new Map<ServerId, Life>();

  constructor(private readonly options: InProcessOptions) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    this.lives.delete(server);
    const { service, ...role } = this.options.programsFor(server);
    const base = this.layer(server, role, input);
    const effects = base.construct(now, (context) => construct(role, context, input.saved));
    if (service === undefined) {
      this.lives.set(server, { base });
      return { effects };
    }
    const layer = this.layer(server, service, { ...input, seed: ~input.seed >>> 0 }, SERVICE_TIMER);
    const below = new Below(base, layer);
    effects.push(...layer.construct(now, (context) => construct(service, context, below)));
    this.lives.set(server, { base, service: { layer, below, methods: service.methods } });
    return { effects };
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    const life = this.lives.get(server);
    if (life === undefined) throw new Error(`server ${server} is not running`);
    const { base, service } = life;
    if (service === undefined) return base.deliver(now, input);
    if (input.kind === "timer" && input.name.startsWith(SERVICE_TIMER)) {
      return service.layer.deliver(now, { ...input, name: input.name.slice(SERVICE_TIMER.length) });
    }
    const isUpper =
      input.kind === "up" || (input.kind === "request" && service.methods.includes(input.method));
    return (isUpper ? service.layer : base).deliver(now, input);
  }

  crash(server: ServerId): void {
    this.lives.delete(server);
  }

  weigh(server: ServerId): number {
    const life = this.lives.get(server);
    if (life === undefined) return 0;
    const { base, service } = life;
    return base.weigh() + (service === undefined ? 0 : service.layer.weigh([service.below]));
  }

  capture(): unknown {
    return this.copy(this.lives);
  }

  restore(captured: unknown): void {
    this.lives = this.copy(captured as ReadonlyMap<ServerId, Life>);
  }

  private copy(lives: ReadonlyMap<ServerId, Life>): Map<ServerId, Life> {
    return new Map([...lives].map(([server, life]) => [server, copyOf(life)]));
  }

  private layer(
    id: ServerId,
    { className, verbs }: Role,
    { peers, options, seed, saved }: BootInput,
    timerPrefix = "",
  ): Layer {
    const identity = {
      id,
      peers: Object.freeze([...peers]),
      options: Object.freeze({ ...options }),
      className,
      timerPrefix,
      ...(verbs === undefined ? {} : { verbs }),
    };
    return new Layer(
      identity,
      { openCalls: new Set(), random: RandomStream.from(seed), saved },
      this.options,
    );
  }
}

/** @param second - what a program's constructor gets behind the context: what was saved, or the layer below */
function construct({ program, className }: Role, context: ProgramContext, second: unknown): object {
  const made = new (program as unknown as new (ctx: ProgramContext, second: unknown) => object)(
    context,
    second,
  );
  if (typeof made !== "object") throw new ProgramError(`${className} was not constructed`, context.id);
  return made;
}

function copyOf({ base, service }: Life): Life {
  const copy = base.clone();
  if (service === undefined) return { base: copy };
  const below = Below.unbound();
  const layer = service.layer.clone(new Map([[service.below, below]]));
  Below.bind(below, copy, layer);
  return { base: copy, service: { layer, below, methods: service.methods } };
}
