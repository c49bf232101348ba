import type { Effect, Input, ServerId } from "../program";
import { Monitor } from "../scene";
import type { Observer, WorldEvent, WorldView } from "../trace";

/** The requests that go to the service, not to Raft. */
export const SERVICE_REQUESTS = ["openSession", "clientRequest", "clientQuery", "sync"] as const;

const forService: ReadonlySet<string> = new Set(SERVICE_REQUESTS);

/** Which open requests are the service's, so that their answers are known. */
export class ServiceCalls extends Monitor<Map<ServerId, Set<number>>> {
  override readonly inputs = ["boot", "request"] as const;
  override readonly effects = [] as const;
  protected state = new Map<ServerId, Set<number>>();

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") this.state.set(server, new Set());
    else if (input.kind === "request" && forService.has(input.method)) {
      this.state.get(server)?.add(input.call);
    }
  }

  has(server: ServerId, call: number): boolean {
    return this.state.get(server)?.has(call) ?? false;
  }
}

/** Shows a monitor of Raft what Raft servers say to each other, as if there were no clients and no service. */
export class RaftAlone implements Observer {
  readonly inputs?: readonly Input["kind"][];
  readonly effects?: readonly Effect["kind"][];

  /** @param calls - is told of everything before */
  constructor(
    private readonly monitor: Observer,
    private readonly calls: ServiceCalls,
  ) {
    if (monitor.inputs !== undefined) this.inputs = monitor.inputs;
    if (monitor.effects !== undefined) this.effects = monitor.effects;
  }

  onInput(world: WorldView, server: ServerId, input: Input, n: number): void {
    if (server >= world.servers.length || input.kind === "up") return;
    if (input.kind === "request" && forService.has(input.method)) return;
    this.monitor.onInput?.(world, server, input, n);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect, n: number): void {
    if (server >= world.servers.length) return;
    if (effect.kind === "reply" && this.calls.has(server, effect.call)) return;
    this.monitor.onEffect?.(world, server, effect, n);
  }

  onValue(
    world: WorldView,
    server: ServerId,
    value: Parameters<NonNullable<Observer["onValue"]>>[2],
    n: number,
  ): void {
    if (server < world.servers.length) this.monitor.onValue?.(world, server, value, n);
  }

  onEvent(world: WorldView, event: WorldEvent, n: number): void {
    if ("message" in event && forService.has(event.message.method)) return;
    this.monitor.onEvent?.(world, event, n);
  }

  capture(): unknown {
    return this.monitor.capture();
  }

  restore(captured: unknown): void {
    this.monitor.restore(captured);
  }
}
