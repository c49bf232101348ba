import type { Effect, Input, PlainData, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import { callKey } from "../form";
import type { ReplicaState, Version, Versioned } from "../messages";
import { asReplicaState, heldOn } from "../state";
import { atLeast, compareVersions, tellVersion } from "../versions";

interface Asked {
  readonly method: string;
  readonly key: string;
  /** Of a store. */
  readonly version: Version | null;
}

interface State {
  /** By server and call. */
  readonly open: Map<string, Asked>;
  /** By replica: what was last saved. */
  readonly disks: Map<ServerId, ReplicaState>;
}

const DURABLE =
  "An acknowledgement is a promise: what it names is on the replica's disk before it leaves (handout; ABD, the store phase)";
const KEEPS = "A replica keeps the newest version that it has heard of, and forgets none (handout; ABD)";
const SHOWS = "A replica shows what is on its disk: anything else a crash could take back (handout)";

/** Each replica by itself: its disk only moves on to newer versions, and backs all that it says. */
export class ReplicaMonitor extends Monitor<State> {
  override readonly inputs = ["request"] as const;
  override readonly effects = ["reply", "save"] as const;
  protected state: State = { open: new Map(), disks: new Map() };

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind !== "request" || !["fetch", "store"].includes(input.method)) return;
    const { key, entry } = input.request as { key: string; entry?: Versioned };
    const asked = { method: input.method, key, version: entry?.version ?? null };
    this.state.open.set(callKey(world, server, input.call), asked);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (!world.servers.includes(server)) return;
    if (effect.kind === "save") this.onSave(world, server, effect.state);
    if (effect.kind !== "reply") return;
    const name = callKey(world, server, effect.call);
    const asked = this.state.open.get(name);
    this.state.open.delete(name);
    if (asked?.method === "store") this.onStored(world, server, asked, effect.reply as { version: Version });
    if (asked?.method === "fetch")
      this.onShown(world, server, asked, effect.reply as { held: Versioned | null });
  }

  private onSave(world: WorldView, server: ServerId, saved: PlainData): void {
    const state = asReplicaState(saved) as ReplicaState;
    const before = this.state.disks.get(server)?.entries ?? {};
    this.state.disks.set(server, state);
    for (const [key, old] of Object.entries(before)) {
      const now = Object.hasOwn(state.entries, key) ? state.entries[key] : undefined; // “constructor” is a key, too
      if (now === old || (now !== undefined && atLeast(now.version, old.version))) continue;
      const instead = now === undefined ? "nothing" : tellVersion(now.version);
      const message =
        `server ${server} saves ${instead} for ${JSON.stringify(key)} at ${at(world.now)}, ` +
        `but its disk held ${tellVersion(old.version)}${old.value === null ? ", a tombstone" : ""}`;
      throw wrong(KEEPS, message, server);
    }
  }

  private onStored(
    world: WorldView,
    server: ServerId,
    { key, version: asked }: Asked,
    { version }: { version: Version },
  ): void {
    const held = heldOn(world.saved(server), key)?.version ?? null;
    const said = `server ${server} acknowledges ${tellVersion(version)} of ${JSON.stringify(key)} at ${at(world.now)}`;
    if (!atLeast(version, asked)) {
      throw wrong(KEEPS, `${said}, but it was asked to store ${tellVersion(asked)}, which is newer`, server);
    }
    if (!atLeast(held, version))
      throw wrong(DURABLE, `${said}, but its disk holds ${tellVersion(held)}`, server);
  }

  private onShown(
    world: WorldView,
    server: ServerId,
    { key }: Asked,
    { held }: { held: Versioned | null },
  ): void {
    const onDisk = heldOn(world.saved(server), key);
    if (compareVersions(held?.version ?? null, onDisk?.version ?? null) === 0) return;
    const message =
      `server ${server} shows ${tellVersion(held?.version ?? null)} of ${JSON.stringify(key)} at ${at(world.now)}, ` +
      `but its disk holds ${tellVersion(onDisk?.version ?? null)}`;
    throw wrong(SHOWS, message, server);
  }
}

function wrong(rule: string, message: string, server: ServerId): SceneFailure {
  return new SceneFailure("wrong", rule, message, server);
}
