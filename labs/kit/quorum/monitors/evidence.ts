import type { Effect, Input, ServerId } from "../../program";
import { Monitor } from "../../scene";
import type { WorldEvent, WorldView } from "../../sim";
import { callKey } from "../form";
import type { Journal } from "../journal";
import type { Version, Versioned } from "../messages";
import { atLeast, compareVersions } from "../versions";

interface State {
  /** By server and call: whose fetch of which key is open. */
  readonly asked: Map<string, { readonly from: ServerId; readonly key: string }>;
  /** By coordinator, replica and key: when each version was last shown to it; the number of the event. */
  readonly shown: Map<string, Map<string, number>>;
  /** By coordinator, puppet and key: when a fetch last reached it; the number of the event. */
  readonly reached: Map<string, number>;
  /** By coordinator and key, of its present life: the newest version that each replica has told it that it holds. */
  readonly told: Map<string, Map<ServerId, Version | null>>;
  /** By coordinator: what replicas have answered to the open operation; of several answers of one replica the oldest version. */
  readonly answers: Map<ServerId, Map<ServerId, Version | null>>;
}

/** What each coordinator has been told by replicas: all that it can base an answer on. Judges nothing. */
export class EvidenceMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "invoke", "request", "reply"] as const;
  override readonly effects = ["reply"] as const;
  protected state: State = {
    asked: new Map(),
    shown: new Map(),
    reached: new Map(),
    told: new Map(),
    answers: new Map(),
  };

  /** @param journal - is told of everything before */
  constructor(private readonly journal: Journal) {
    super();
  }

  /** The replicas that have told `coordinator`, in its present life, that they hold `version` of `key`, or a newer one. */
  holders(coordinator: ServerId, key: string, version: Version): ServerId[] {
    const told = this.state.told.get(`${coordinator} ${key}`) ?? new Map<ServerId, Version | null>();
    return [...told].filter(([, held]) => atLeast(held, version)).map(([replica]) => replica);
  }

  /** What replicas have answered to the fetches of the operation that `coordinator` is busy with, or has just ended. */
  answers(coordinator: ServerId): ReadonlyMap<ServerId, Version | null> {
    return this.state.answers.get(coordinator) ?? new Map<ServerId, Version | null>();
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "request") {
      if (input.method !== "fetch") return;
      const { key } = input.request as { key: string };
      this.state.asked.set(callKey(world, server, input.call), { from: input.from, key });
    } else if (world.servers.includes(server)) {
      return;
    } else if (input.kind === "boot") {
      for (const name of [...this.state.told.keys()]) {
        if (name.startsWith(`${server} `)) this.state.told.delete(name);
      }
    } else if (input.kind === "invoke" && input.verb === "invoke") {
      this.state.answers.set(server, new Map());
    } else if (input.kind === "reply") {
      const { key } = input.request as { key: string };
      if (input.method === "fetch")
        this.onFetched(server, input.from, key, input.reply as { held: Versioned | null });
      if (input.method === "store")
        this.learn(server, input.from, key, (input.reply as { version: Version }).version);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect, n: number): void {
    if (effect.kind !== "reply") return;
    const name = callKey(world, server, effect.call);
    const asked = this.state.asked.get(name);
    if (asked === undefined) return;
    this.state.asked.delete(name);
    const { held } = effect.reply as { held: Versioned | null };
    const place = `${asked.from} ${server} ${asked.key}`;
    let shown = this.state.shown.get(place);
    if (shown === undefined) this.state.shown.set(place, (shown = new Map<string, number>()));
    shown.set(nameOf(held), n);
  }

  /** What a puppet answers, nobody sees before it arrives; so all its answers count once it has been asked. */
  onEvent(_world: WorldView, event: WorldEvent, n: number): void {
    if (event.kind !== "puppet" || event.message.method !== "fetch" || event.message.kind !== "request")
      return;
    const { from, to, request } = event.message;
    this.state.reached.set(`${from} ${to} ${(request as { key: string }).key}`, n);
  }

  /**
   * A late answer to an earlier operation shows what was, so it counts for nothing, unless the replica has shown the same since the open one
   * began.
   */
  private onFetched(
    coordinator: ServerId,
    replica: ServerId,
    key: string,
    { held }: { held: Versioned | null },
  ): void {
    this.learn(coordinator, replica, key, held?.version ?? null);
    const open = this.journal.open(coordinator);
    const answers = this.state.answers.get(coordinator);
    if (open === undefined || answers === undefined || open.request.key !== key) return;
    const place = `${coordinator} ${replica} ${key}`;
    const shownAt = this.state.shown.get(place)?.get(nameOf(held)) ?? this.state.reached.get(place) ?? 0;
    if (shownAt < open.call) return;
    const before = answers.get(replica);
    const version = held?.version ?? null;
    if (before === undefined || compareVersions(version, before) < 0) answers.set(replica, version);
  }

  private learn(coordinator: ServerId, replica: ServerId, key: string, version: Version | null): void {
    const name = `${coordinator} ${key}`;
    let told = this.state.told.get(name);
    if (told === undefined) this.state.told.set(name, (told = new Map<ServerId, Version | null>()));
    if (compareVersions(version, told.get(replica) ?? null) >= 0) told.set(replica, version);
  }
}

function nameOf(held: Versioned | null): string {
  return held === null ? "" : `${held.version.number} ${held.version.writer}`;
}
