import type { Effect, Input, PlainData, ServerId } from "../program";
import type { WorldView } from "../sim";
import { at, SceneFailure } from "./failure";
import { Monitor } from "./monitor";

/** One operation of one client, from its call to its end. */
export interface Entry<Request = PlainData, Result = PlainData> {
  readonly id: number;
  readonly client: ServerId;
  readonly request: Request;
  /** The numbers of the events: they order what happens at one instant. */
  readonly call: number;
  return: number | undefined;
  /** Virtual ms. */
  readonly calledAt: number;
  returnedAt: number | undefined;
  /** Absent as long as it is open. */
  result: Result | undefined;
}

/** What a journal must know of the operations that it writes down. */
export interface Words<Request> {
  /** What a client is called, e.g. `client 3`. */
  name(client: ServerId): string;
  /** E.g. `get("x")`. */
  tell(request: Request): string;
  /** What is wrong with the form of a result; nothing if it is right. */
  problem(request: Request, result: PlainData): string | undefined;
  /** The rule that a bad form breaks. */
  readonly form: string;
  /** The rule that an end without an operation breaks. */
  readonly endsOnce: string;
}

interface State<Request, Result> {
  readonly entries: Entry<Request, Result>[];
  /** By client. */
  readonly open: Map<ServerId, Entry<Request, Result>>;
  readonly last: Map<ServerId, Entry<Request, Result>>;
}

/** Writes down what clients asked and what they were told. */
export class Journal<Request, Result> extends Monitor<State<Request, Result>> {
  override readonly inputs = ["invoke"] as const;
  override readonly effects = ["up"] as const;
  protected state: State<Request, Result> = { entries: [], open: new Map(), last: new Map() };

  constructor(private readonly words: Words<Request>) {
    super();
  }

  get entries(): readonly Entry<Request, Result>[] {
    return this.state.entries;
  }

  /** What `client` is busy with. */
  open(client: ServerId): Entry<Request, Result> | undefined {
    return this.state.open.get(client);
  }

  /** The last operation of `client`, open or not. */
  last(client: ServerId): Entry<Request, Result> | undefined {
    return this.state.last.get(client);
  }

  onInput(world: WorldView, client: ServerId, input: Input, n: number): void {
    if (input.kind !== "invoke" || input.verb !== "invoke" || world.servers.includes(client)) return;
    const entry: Entry<Request, Result> = {
      id: this.state.entries.length,
      client,
      request: input.args[0] as Request,
      call: n,
      calledAt: world.now,
      return: undefined,
      returnedAt: undefined,
      result: undefined,
    };
    this.state.entries.push(entry);
    this.state.open.set(client, entry);
    this.state.last.set(client, entry);
  }

  onEffect(world: WorldView, client: ServerId, effect: Effect, n: number): void {
    if (effect.kind !== "up" || effect.verb !== "done") return;
    const [result = null] = effect.args;
    const entry = this.state.open.get(client);
    const name = this.words.name(client);
    if (entry === undefined) {
      const message = `${name} calls ctx.done(${JSON.stringify(result)}) at ${at(world.now)}, but no operation is open`;
      throw new SceneFailure("wrong", this.words.endsOnce, message, client);
    }
    const problem = this.words.problem(entry.request, result);
    if (problem !== undefined) {
      const message = `${name} ends ${this.words.tell(entry.request)} with ${JSON.stringify(result)}: ${problem}`;
      throw new SceneFailure("wrong", this.words.form, message, client);
    }
    entry.result = result as Result;
    entry.return = n;
    entry.returnedAt = world.now;
    this.state.open.delete(client);
  }
}
