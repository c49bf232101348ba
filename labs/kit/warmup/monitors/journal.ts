import type { Effect, Input, ServerId } from "../../program";
import { Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import { compact } from "../../trace";

interface Ping {
  readonly from: ServerId;
  readonly to: ServerId;
  /** Virtual time in ms. */
  readonly at: number;
}

interface State {
  readonly pings: Ping[];
  /** Who has answered a ping of each server in its present life. */
  readonly heard: Map<ServerId, Set<ServerId>>;
  /** The remarks of each server in its present life. */
  readonly notes: Map<ServerId, string[]>;
}

/** Writes down what scenes ask about; judges nothing. */
export class Journal extends Monitor<State> {
  protected state: State = { pings: [], heard: new Map(), notes: new Map() };

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") {
      this.state.heard.set(server, new Set());
      this.state.notes.set(server, []);
    } else if (input.kind === "reply" && input.method === "ping") {
      this.state.heard.get(server)?.add(input.from);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call" && effect.method === "ping") {
      this.state.pings.push({ from: server, to: effect.to, at: world.now });
    } else if (effect.kind === "note") {
      const data = effect.data === undefined ? "" : ` ${compact(effect.data)}`;
      this.state.notes.get(server)?.push(effect.text + data);
    }
  }

  /** When `from` sent its pings to `to`, in virtual ms. */
  pings(from: ServerId, to: ServerId): number[] {
    return this.state.pings.filter((ping) => ping.from === from && ping.to === to).map(({ at }) => at);
  }

  /** True once an answer of `peer` to a ping has reached `server` in its present life. */
  heard(server: ServerId, peer: ServerId): boolean {
    return this.state.heard.get(server)?.has(peer) ?? false;
  }

  /** What `server` has remarked in its present life: text and data. */
  notes(server: ServerId): readonly string[] {
    return this.state.notes.get(server) ?? [];
  }
}
