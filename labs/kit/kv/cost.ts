import { equalPlain, type Effect, type Input, type PlainData, type ServerId } from "../program";
import { at, Monitor } from "../scene";
import type { WorldView } from "../sim";

/** What one request of a client has cost while a server was busy with it. */
export interface Cost {
  /** From the arrival at the server to the departure of the answer; the client's own hop is not in it. Virtual ms. */
  readonly ms: number;
  /** Requests that servers sent each other meanwhile. */
  readonly calls: number;
  /** Saves that changed something, on all disks. */
  readonly writes: number;
  /** The same on the disk of the server that was asked. */
  readonly ownWrites: number;
}

/** A visit that is not over. */
interface Visit {
  readonly at: number;
  readonly calls: number;
  readonly writes: number;
  readonly ownWrites: number;
}

interface State {
  calls: number;
  readonly writes: Map<ServerId, number>;
  readonly disks: Map<ServerId, PlainData>;
  /** By server and call. */
  readonly open: Map<string, Visit>;
  readonly finished: Cost[];
  /** By client: its last message, in words. */
  readonly last: Map<ServerId, string>;
}

/** Follows the requests of clients through the servers: how long each takes, and what it costs meanwhile. */
export class VisitMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "request", "reply"] as const;
  override readonly effects = ["call", "reply", "save"] as const;
  protected state: State = {
    calls: 0,
    writes: new Map(),
    disks: new Map(),
    open: new Map(),
    finished: [],
    last: new Map(),
  };

  /** All requests of clients that were answered, in the order of the answers. */
  get finished(): readonly Cost[] {
    return this.state.finished;
  }

  /** What `client` sent or heard last, as a clause. */
  lastOf(client: ServerId): string {
    return this.state.last.get(client) ?? `client ${client} has sent nothing`;
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "reply" && !world.servers.includes(server)) {
      const { method, from, reply } = input;
      const text = JSON.stringify(reply).slice(0, 80);
      this.state.last.set(
        server,
        `it last heard ${text} to its ${method} from server ${from}, at ${at(world.now)}`,
      );
    }
    if (input.kind !== "request" || world.servers.includes(input.from)) return;
    const writes = this.written();
    const ownWrites = this.state.writes.get(server) ?? 0;
    const visit = { at: world.now, calls: this.state.calls, writes, ownWrites };
    this.state.open.set(keyOf(world, server, input.call), visit);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const { state } = this;
    if (effect.kind === "call") {
      if (world.servers.includes(server)) state.calls += 1;
      else
        state.last.set(server, `it last sent ${effect.method} to server ${effect.to}, at ${at(world.now)}`);
    } else if (effect.kind === "save") {
      const before = state.disks.get(server);
      state.disks.set(server, effect.state);
      if (equalPlain(before, effect.state)) return;
      state.writes.set(server, (state.writes.get(server) ?? 0) + 1);
    } else if (effect.kind === "reply") {
      const key = keyOf(world, server, effect.call);
      const visit = state.open.get(key);
      if (visit === undefined) return;
      state.open.delete(key);
      state.finished.push({
        ms: world.now - visit.at,
        calls: state.calls - visit.calls,
        writes: this.written() - visit.writes,
        ownWrites: (state.writes.get(server) ?? 0) - visit.ownWrites,
      });
    }
  }

  private written(): number {
    let sum = 0;
    for (const count of this.state.writes.values()) sum += count;
    return sum;
  }
}

/** The median of each figure: what else went on by chance (a heartbeat, say) does not count. */
export function medianVisit(visits: readonly Cost[]): Cost {
  const median = (of: (visit: Cost) => number): number => {
    const sorted = visits.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    ms: median(({ ms }) => ms),
    calls: median(({ calls }) => calls),
    writes: median(({ writes }) => writes),
    ownWrites: median(({ ownWrites }) => ownWrites),
  };
}

function keyOf(world: WorldView, server: ServerId, call: number): string {
  return `${server} ${world.life(server)} ${call}`;
}
