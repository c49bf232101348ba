import { ForbiddenError, ProgramError, sizeOfPlain, type PlainData } from "../program";
import { isRecord } from "../program/plain";
import { ProgramContext } from "./context";
import type { Layer } from "./layer";

/**
 * The object behind a service's `raft`: it calls the program below, at once, and what that does joins the effects of
 * the service's own handler.
 */
export class Below {
  #base: Layer | undefined;
  #service: Layer | undefined;

  constructor(base?: Layer, service?: Layer) {
    if (base !== undefined && service !== undefined) Below.bind(this, base, service);
    Object.freeze(this);
  }

  /** A handle that is bound later, because the service that holds it is only just being copied. */
  static unbound(): Below {
    return new Below();
  }

  static bind(below: Below, base: Layer, service: Layer): void {
    below.#base = base;
    below.#service = service;
    ProgramContext.standOn(service.context, () => savedBytes(base.life.saved));
  }

  propose(command: unknown): PlainData | undefined {
    return this.#call("propose", { command });
  }

  snapshot(index: unknown, data: unknown): void {
    this.#call("snapshot", { index, data });
  }

  readIndex(token: unknown, lease: unknown): void {
    this.#call("readIndex", { token, lease });
  }

  /** Looks; nothing is written down, because nothing happens. */
  status(): PlainData | undefined {
    const { base, service } = this.#bound("status");
    const { effects, value } = base.deliver(ProgramContext.timeOf(service.context), invoke("status", []));
    if (effects.length === 0) return value;
    throw new ProgramError(
      "status() of the layer below has effects; it must only report",
      service.context.id,
    );
  }

  #call(verb: string, args: { readonly [name: string]: unknown }): PlainData | undefined {
    const { base, service } = this.#bound(verb);
    return ProgramContext.down(service.context, verb, args, (copies, now) =>
      base.deliver(now, invoke(verb, copies)),
    );
  }

  #bound(verb: string): { base: Layer; service: Layer } {
    if (this.#base === undefined || this.#service === undefined) {
      throw new ForbiddenError(`raft.${verb} was used before the server was up`);
    }
    return { base: this.#base, service: this.#service };
  }
}

function invoke(
  verb: string,
  args: readonly PlainData[],
): { kind: "invoke"; verb: string; args: readonly PlainData[] } {
  return { kind: "invoke", verb, args };
}

/** The size of a Raft state without its snapshot. */
function savedBytes(saved: PlainData | undefined): number {
  if (saved === undefined) return 0;
  if (!isRecord(saved)) return sizeOfPlain(saved);
  const { snapshot = null } = saved;
  return sizeOfPlain(saved) - sizeOfPlain(snapshot) + sizeOfPlain(null);
}
