import type { Effect, Input, Options, PlainData, ServerId } from "../program";
import type { Observer, WorldEvent, WorldView } from "../sim";

/** A world that only has the looks of one: a test says what happens, monitors listen. */
export abstract class ScriptedWorld implements WorldView {
  now = 0;
  readonly servers: readonly ServerId[];
  readonly puppets = new Set<ServerId>();
  protected abstract readonly monitors: readonly Observer[];
  private readonly lives = new Map<ServerId, number>();
  private readonly disks = new Map<ServerId, PlainData>();
  private n = 0;

  constructor(
    servers: number,
    private readonly options: Options = {},
  ) {
    this.servers = Array.from({ length: servers }, (_, id) => id);
  }

  isUp(): boolean {
    return true;
  }

  isPuppet(server: ServerId): boolean {
    return this.puppets.has(server);
  }

  life(server: ServerId): number {
    return this.lives.get(server) ?? 0;
  }

  saved(server: ServerId): PlainData | undefined {
    return this.disks.get(server);
  }

  localNow(): number {
    return this.now;
  }

  boot(server: ServerId): this {
    this.lives.set(server, this.life(server) + 1);
    const saved = this.saved(server);
    const boot = { kind: "boot", peers: [], options: this.options, seed: 1 } as const;
    return this.input(server, saved === undefined ? boot : { ...boot, saved });
  }

  /** @param where - e.g. “after its save”; absent: between two inputs */
  crashes(server: ServerId, where?: string): this {
    return this.event({ kind: "crash", server, ...(where === undefined ? {} : { where }) });
  }

  /** The reply to an own request arrives. */
  hears(server: ServerId, from: ServerId, method: string, request: PlainData, reply: PlainData): this {
    return this.input(server, { kind: "reply", from, method, request, reply });
  }

  /** What the disk holds from now on. */
  protected keepsOnDisk(server: ServerId, state: PlainData): this {
    this.disks.set(server, state);
    return this.effect(server, { kind: "save", state });
  }

  protected input(server: ServerId, input: Input): this {
    const n = this.n++;
    for (const monitor of this.monitors) {
      if (monitor.inputs?.includes(input.kind) ?? true) monitor.onInput?.(this, server, input, n);
    }
    return this;
  }

  protected effect(server: ServerId, effect: Effect): this {
    const n = this.n++;
    for (const monitor of this.monitors) {
      if (monitor.effects?.includes(effect.kind) ?? true) monitor.onEffect?.(this, server, effect, n);
    }
    return this;
  }

  private event(event: WorldEvent): this {
    const n = this.n++;
    for (const monitor of this.monitors) monitor.onEvent?.(this, event, n);
    return this;
  }
}
