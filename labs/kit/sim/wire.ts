import type { ServerId } from "../program";
import { sizeOfPlain } from "../program/plain";
import type { Message } from "../trace";
import type { Core } from "./core";
import type { HoldRule } from "./network";
import type { Quality } from "./quality";

/** Messages on their way: they are sent, delayed, lost, copied, cut off and held back here. */
export class Wire {
  constructor(private readonly core: Core) {}

  /** Sends a message on its way; it arrives once, twice or never. */
  send(message: Message): void {
    const { core } = this;
    const { network, traffic, us } = core.state;
    if (message.kind === "request") {
      traffic.sent(message.from, message.method, sizeOfPlain(message.request));
    }
    const arrivals = network.send(message, us);
    if (arrivals.length === 0) this.drop(message, "lost");
    for (const at of arrivals) core.schedule({ at, order: core.nextOrder(), kind: "message", message });
  }

  /** Judges a message at the end of its way: false if it was cut off, or is held back. */
  lets(message: Message): boolean {
    const { state } = this.core;
    if (state.network.isCut(message.from, message.to)) {
      this.drop(message, "cut");
      return false;
    }
    if (state.network.isHeld(message)) {
      state.held = [...state.held, message];
      this.core.tell({ kind: "held", message });
      return false;
    }
    return true;
  }

  /** A message goes no further. */
  drop(message: Message, why: "lost" | "cut" | "down" | "unheard"): void {
    this.core.tell({ kind: "dropped", message, why });
  }

  setQuality(quality: Quality, name: string): void {
    this.core.state.network.setQuality(quality);
    this.core.tell({ kind: "network", name });
  }

  setLinkQuality(from: ServerId, to: ServerId, quality: Quality | undefined, name: string): void {
    this.core.state.network.setLinkQuality(from, to, quality);
    this.core.tell({ kind: "network", name: `${name} (${from} to ${to})` });
  }

  cut(from: ServerId, to: ServerId): void {
    const { network } = this.core.state;
    if (network.isCut(from, to)) return;
    network.cut(from, to);
    this.core.tell({ kind: "cut", from, to });
  }

  mend(from: ServerId, to: ServerId): void {
    const { network } = this.core.state;
    if (!network.isCut(from, to)) return;
    network.mend(from, to);
    this.core.tell({ kind: "mend", from, to });
  }

  hold(rule: HoldRule): void {
    this.core.state.network.hold(rule);
  }

  /** Ends all holds; what was held arrives now, in the order in which it was held. */
  release(): void {
    const { core } = this;
    const { state } = core;
    state.network.unhold();
    const { held } = state;
    state.held = [];
    for (const message of held) {
      core.tell({ kind: "released", message });
      core.schedule({ at: state.us, order: core.nextOrder(), kind: "message", message });
    }
  }
}
