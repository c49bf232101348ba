import { ProgramError, type Effect, type Input, type PlainData, type ServerId } from "../program";
import type { Observer, WorldEvent, WorldView } from "../trace";
import type { WorldConfig } from "./config";
import type { Node } from "./node";
import type { Scheduled } from "./scheduled";
import { initialState, type WorldState } from "./state";

/** More inputs than this at one instant are an event storm. */
const STORM = 100_000;

/** Whom to tell, by kind: with some fifteen observers, telling all of everything would cost more than it tells. */
type Listeners<Kind extends string> = Readonly<Record<Kind, readonly Observer[]>>;

const INPUTS = ["boot", "request", "reply", "timer", "invoke", "up"] as const satisfies Input["kind"][];
/** `down` and `downDone` are told as an input and its value. */
const EFFECTS = [
  "call",
  "reply",
  "setTimer",
  "cancelTimer",
  "save",
  "up",
  "down",
  "downDone",
  "note",
] as const satisfies Effect["kind"][];

function listeners<Kind extends string>(
  kinds: readonly Kind[],
  observers: readonly Observer[],
  wanted: (observer: Observer) => readonly Kind[] | undefined,
): Listeners<Kind> {
  const lists = kinds.map((kind) => {
    return [kind, observers.filter((observer) => wanted(observer)?.includes(kind) ?? true)] as const;
  });
  return Object.fromEntries(lists) as unknown as Listeners<Kind>;
}

/** What all parts of a world share: its state, and who is told what happens. */
export class Core {
  state: WorldState;
  /** Servers are numbered 0 .. servers-1; clients follow. */
  readonly servers: readonly ServerId[];
  readonly clients: readonly ServerId[];
  private readonly ofInputs: Listeners<Input["kind"]>;
  private readonly ofEffects: Listeners<Effect["kind"]>;

  constructor(
    readonly config: WorldConfig,
    readonly observers: readonly Observer[],
    private readonly view: WorldView,
  ) {
    this.state = initialState(config);
    const ids = this.state.nodes.map(({ id }) => id);
    this.servers = ids.slice(0, config.servers);
    this.clients = ids.slice(config.servers);
    this.ofInputs = listeners(
      INPUTS,
      observers.filter((observer) => observer.onInput !== undefined),
      ({ inputs }) => inputs,
    );
    this.ofEffects = listeners(
      EFFECTS,
      observers.filter((observer) => observer.onEffect !== undefined),
      ({ effects }) => effects,
    );
  }

  /** @throws if there is no such server */
  node(server: ServerId): Node {
    const node = this.state.nodes[server];
    if (node === undefined) throw new Error(`there is no server ${server}`);
    return node;
  }

  /** A number for something that is scheduled: it decides among what is due at the same time. */
  nextOrder(): number {
    return this.state.order++;
  }

  schedule(item: Scheduled): void {
    this.state.queue.push(item);
  }

  /** A handler is about to run. */
  tellInput(server: ServerId, input: Input): void {
    this.countInput(server, input);
    const n = this.state.records++;
    for (const observer of this.ofInputs[input.kind]) observer.onInput?.(this.view, server, input, n);
  }

  /** An effect takes place. A call of the layer below is told as what it is for that layer: an input, and its value. */
  tellEffect(server: ServerId, effect: Effect): void {
    if (effect.kind === "down") {
      return this.tellInput(server, { kind: "invoke", verb: effect.verb, args: effect.args });
    }
    if (effect.kind === "downDone") {
      if (effect.value !== undefined) this.tellValue(server, effect.value);
      return;
    }
    const n = this.state.records++;
    for (const observer of this.ofEffects[effect.kind]) observer.onEffect?.(this.view, server, effect, n);
  }

  tellValue(server: ServerId, value: PlainData): void {
    const n = this.state.records++;
    for (const observer of this.observers) observer.onValue?.(this.view, server, value, n);
  }

  tell(event: WorldEvent): void {
    const n = this.state.records++;
    for (const observer of this.observers) observer.onEvent?.(this.view, event, n);
  }

  private countInput(server: ServerId, input: Input): void {
    const { state } = this;
    state.inputs++;
    if (state.instantAt !== state.us) {
      state.instantAt = state.us;
      state.instantInputs = 0;
    }
    if (++state.instantInputs <= STORM) return;
    const what = input.kind === "timer" ? `the timer "${input.name}"` : `an input of kind ${input.kind}`;
    throw new ProgramError(
      `event storm: more than ${STORM} inputs at one instant; the last is ${what} of server ${server}. ` +
        `Something sets a timer of 0 ms for ever`,
      server,
    );
  }
}
