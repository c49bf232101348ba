import type { Effect, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import { countOf } from "../state";

interface State {
  /** The count on each server's disk. */
  readonly counts: Map<ServerId, number>;
}

const RULE = "A server goes on from what it saved: its count never goes back (handout, exercise 2)";

/** The count on a disk never goes back, across all lives of a server. */
export class SaveMonitor extends Monitor<State> {
  protected state: State = { counts: new Map() };

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind !== "save") return;
    const before = this.state.counts.get(server) ?? 0;
    const count = countOf(effect.state);
    if (count < before) {
      throw new SceneFailure(
        "wrong",
        RULE,
        `server ${server} saves count ${count} at ${at(world.now)}, but its disk held count ${before} already`,
        server,
      );
    }
    this.state.counts.set(server, count);
  }
}
