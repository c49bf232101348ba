import type { ServerId } from "../program";
import type { World } from "../sim";
import type { Entry, Journal } from "./journal";

/** The n-th operation (from 0) of a client, which has ended its last one, that is told too. Undefined: nothing for the time being. */
export type Work<Client, Request, Result> = (
  client: Client,
  n: number,
  last: Entry<Request, Result> | undefined,
) => Request | undefined;

/** Operations of several clients, one after the other each, while something else happens. */
interface Load<Client, Request, Result> {
  readonly clients: readonly Client[];
  readonly work: Work<Client, Request, Result>;
  /** By client: what it has begun last, and how many that are. */
  readonly begun: Map<ServerId, { readonly count: number; readonly last: Entry<Request, Result> }>;
}

/** The clients of a scene: who has come, who is yet to come, and what they are given to do. */
export class Clients<Client extends { readonly id: ServerId }, Request, Result> {
  private readonly spare: ServerId[];
  private load: Load<Client, Request, Result> | undefined;

  /** @param word - what one is called in messages, and, in the plural, in setups */
  constructor(
    private readonly world: World,
    private readonly journal: Journal<Request, Result>,
    private readonly word: string,
  ) {
    this.spare = world.clients.filter((id) => !world.isPuppet(id));
  }

  /** Those that the scene has asked for so far. */
  get present(): ServerId[] {
    return this.world.clients.filter((id) => !this.world.isPuppet(id) && !this.spare.includes(id));
  }

  /** The number of the next one. */
  next(): ServerId {
    const id = this.spare.shift();
    if (id !== undefined) return id;
    throw new Error(`the scene has no more ${this.word}s; raise \`${this.word}s\` in its setup`);
  }

  /** Hands a client a request and lets nothing else happen. */
  start(client: ServerId, request: Request): Entry<Request, Result> {
    if (this.journal.open(client) !== undefined) throw new Error(`${this.word} ${client} is busy`);
    this.world.invoke(client, "invoke", request);
    const entry = this.journal.last(client);
    if (entry === undefined) throw new Error("the journal has missed an operation");
    return entry;
  }

  /**
   * Lets clients work while `body` happens: each begins its next operation as soon as the last one has ended. At the end of `body`
   * no more are begun.
   *
   * @returns the operations, in the order in which they were called; some may be open
   */
  underLoad(
    clients: readonly Client[],
    work: Work<Client, Request, Result>,
    body: () => void,
  ): readonly Entry<Request, Result>[] {
    const before = this.journal.entries.length;
    this.load = { clients, work, begun: new Map() };
    body();
    this.load = undefined;
    return this.journal.entries.slice(before);
  }

  /** Gives work to every client under load that is up and not busy. */
  serve(): void {
    if (this.load === undefined) return;
    const { clients, work, begun } = this.load;
    for (const client of clients) {
      const { id } = client;
      if (this.journal.open(id) !== undefined || !this.world.isUp(id) || this.world.isFrozen(id)) continue;
      const { count, last } = begun.get(id) ?? { count: 0, last: undefined };
      const request = work(client, count, last);
      if (request !== undefined) begun.set(id, { count: count + 1, last: this.start(id, request) });
    }
  }
}
