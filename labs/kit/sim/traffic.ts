import type { ServerId } from "../program";

/** Counts of requests and bytes. Bytes are those of requests when sent and of replies when delivered, as MIT counts them. */
export interface Count {
  /** Requests sent, lost ones included. */
  sent: number;
  /** Requests that reached a running server. */
  received: number;
  bytes: number;
}

/** What went over the network since the start: in total, by server and by method. */
export class Traffic {
  readonly total: Count = zero();
  private readonly servers = new Map<ServerId, Count>();
  private readonly methods = new Map<string, Count>();

  /** What server `id` sent, and what reached it. */
  server(id: ServerId): Readonly<Count> {
    return this.servers.get(id) ?? zero();
  }

  method(name: string): Readonly<Count> {
    return this.methods.get(name) ?? zero();
  }

  sent(from: ServerId, method: string, bytes: number): void {
    addSent(this.total, bytes);
    addSent(entry(this.servers, from), bytes);
    addSent(entry(this.methods, method), bytes);
  }

  received(by: ServerId, method: string): void {
    this.total.received++;
    entry(this.servers, by).received++;
    entry(this.methods, method).received++;
  }

  replied(by: ServerId, method: string, bytes: number): void {
    this.total.bytes += bytes;
    entry(this.servers, by).bytes += bytes;
    entry(this.methods, method).bytes += bytes;
  }

  clone(): Traffic {
    const copy = new Traffic();
    Object.assign(copy.total, this.total);
    for (const [id, count] of this.servers) copy.servers.set(id, { ...count });
    for (const [name, count] of this.methods) copy.methods.set(name, { ...count });
    return copy;
  }
}

function addSent(count: Count, bytes: number): void {
  count.sent++;
  count.bytes += bytes;
}

function zero(): Count {
  return { sent: 0, received: 0, bytes: 0 };
}

function entry<K>(map: Map<K, Count>, key: K): Count {
  let count = map.get(key);
  if (count === undefined) map.set(key, (count = zero()));
  return count;
}
