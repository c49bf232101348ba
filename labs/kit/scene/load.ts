import type { ServerId } from "../program";
import type { Entry } from "./journal";

/** The n-th operation (from 0) of a client, which has ended its last one, that is told too. Undefined: nothing for the time being. */
export type Work<Client, Request, Result> = (
  client: Client,
  n: number,
  last: Entry<Request, Result> | undefined,
) => Request | undefined;

/** Operations of several clients, one after the other each, while something else happens. */
export class Load<Client extends { readonly id: ServerId }, Request, Result> {
  /** By client: what it has begun last, and how many that are. */
  private readonly begun = new Map<
    ServerId,
    { readonly count: number; readonly last: Entry<Request, Result> }
  >();

  constructor(
    private readonly clients: readonly Client[],
    private readonly work: Work<Client, Request, Result>,
  ) {}

  /** Gives work to every client that is not busy. */
  serve(
    isBusy: (client: ServerId) => boolean,
    start: (client: ServerId, request: Request) => Entry<Request, Result>,
  ): void {
    for (const client of this.clients) {
      if (isBusy(client.id)) continue;
      const { count, last } = this.begun.get(client.id) ?? { count: 0, last: undefined };
      const request = this.work(client, count, last);
      if (request === undefined) continue;
      this.begun.set(client.id, { count: count + 1, last: start(client.id, request) });
    }
  }
}
