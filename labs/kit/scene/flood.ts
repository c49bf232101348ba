import type { Input, ServerId } from "../program";
import type { WorldView } from "../trace";
import { SceneFailure } from "./failure";
import { Monitor } from "./monitor";

/**
 * More inputs than this, and a run is a flood. A quiet hour of three servers takes a tenth of it. Counted, not timed, so that a
 * slow machine reaches the same verdict.
 */
export const MOST_INPUTS = 2_000_000;

interface State {
  readonly byServer: Map<ServerId, number>;
  total: number;
}

/** Ends a run that would go on and on because a program sends, or wakes itself, without measure. */
export class FloodMonitor extends Monitor<State> {
  protected state: State = { byServer: new Map(), total: 0 };

  constructor(private readonly most: number = MOST_INPUTS) {
    super();
  }

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    const { state } = this;
    state.byServer.set(server, (state.byServer.get(server) ?? 0) + 1);
    if (++state.total <= this.most) return;
    const shares = [...state.byServer].map(([id, count]) => `server ${id} ${count}`).join(", ");
    throw new SceneFailure(
      "too-many-messages",
      `A run has at most ${this.most} inputs (handout)`,
      `more than ${this.most} messages and timers were handled (${shares}); the last was a ${input.kind}`,
      server,
    );
  }
}
