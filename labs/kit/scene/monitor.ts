import { copyGraph, type Effect, type Input } from "../program";
import type { Observer } from "../sim";

/** An observer whose memory is one object of plain fields, so that a captured world includes it. */
export abstract class Monitor<State> implements Observer {
  readonly inputs?: readonly Input["kind"][];
  readonly effects?: readonly Effect["kind"][];
  protected abstract state: State;

  capture(): unknown {
    return copyGraph(this.state, this.constructor.name);
  }

  restore(captured: unknown): void {
    this.state = copyGraph(captured as State, this.constructor.name);
  }
}
