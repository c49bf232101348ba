import type { Effect, Input, ServerId } from "../../program";
import { Monitor } from "../../scene";
import type { WorldEvent, WorldView } from "../../sim";
import { callKey } from "../form";
import type { Entry, Journal } from "../journal";
import type { KeyEntry, QuorumResult, Version, Versioned } from "../messages";
import { heldOn } from "../state";
import { compareVersions } from "../versions";
import type { Quorum } from "./answers";
import type { Ledger } from "./ledger";
import type { QuorumMarkId } from "./marks";

/** What is known of the operation that a coordinator does, or did last. */
interface Doing {
  readonly entry: Entry;
  /** The replicas that were asked so far, by method. */
  readonly asked: Set<string>;
  /** The versions that were shown. */
  readonly shown: Version[];
  /** Something was stored for it. */
  stored: boolean;
}

interface State {
  readonly marks: Set<QuorumMarkId>;
  /** By coordinator. */
  readonly doing: Map<ServerId, Doing>;
  /** By coordinator: the key that it is about to change. */
  readonly writing: Map<ServerId, string>;
  /** By server and call: a comparison that is not answered yet. */
  readonly comparing: Set<string>;
}

/** Notes which rules of Lab 6 a run has exercised, so that an idle seed is seen as idle. It never accuses. */
export class QuorumCoverage extends Monitor<State> {
  override readonly effects = ["call", "reply", "up"] as const;
  protected state: State = { marks: new Set(), doing: new Map(), writing: new Map(), comparing: new Set() };

  /** @param journal, ledger - are told of everything before */
  constructor(
    private readonly quorum: Quorum,
    private readonly journal: Journal,
    private readonly ledger: Ledger,
  ) {
    super();
  }

  /** The ids of the rules that were exercised so far, in the order in which that happened. */
  get exercised(): QuorumMarkId[] {
    return [...this.state.marks];
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    const isReplica = world.servers.includes(server);
    if (input.kind === "boot" && input.saved !== undefined) {
      this.add(isReplica ? "replica-restarts" : "coordinator-restarts");
    } else if (input.kind === "invoke" && input.verb === "invoke" && !isReplica) {
      this.begins(server);
    } else if (input.kind === "request") {
      const { key, entry, entries = [] } = input.request as Partial<KeyEntry> & Handed;
      if (input.method === "compare") this.state.comparing.add(callKey(world, server, input.call));
      if (key !== undefined && entry !== undefined) this.arrives(world, server, { key, ...entry });
      for (const one of entries) this.arrives(world, server, one);
    } else if (input.kind === "reply" && isReplica) {
      const { entries = [] } = input.reply as Handed;
      for (const one of entries) this.arrives(world, server, one);
    } else if (input.kind === "reply") {
      this.hears(server, (input.request as { key: string }).key, input.reply as Shown);
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const isReplica = world.servers.includes(server);
    if (effect.kind === "reply") {
      const isComparison = this.state.comparing.delete(callKey(world, server, effect.call));
      const { entries = [] } = effect.reply as Handed;
      if (isComparison && entries.length > 0) this.add("background-repair");
    } else if (effect.kind === "call") {
      const { entry, entries = [] } = effect.request as Handed;
      if (!isReplica) this.asks(server, effect.method, effect.to, entry);
      else if (entry !== undefined || entries.length > 0) this.add("background-repair");
    } else if (effect.kind === "up" && effect.verb === "done") {
      this.ends(server, effect.args[0] as QuorumResult);
    }
  }

  onEvent(_world: WorldView, event: WorldEvent): void {
    if (event.kind === "crash") this.state.writing.delete(event.server);
  }

  // ---------------------------------------------------------------- replicas

  private arrives(world: WorldView, replica: ServerId, { key, version, value }: KeyEntry): void {
    if (!world.servers.includes(replica)) return;
    if (value === null) this.add("tombstone");
    const held = heldOn(world.saved(replica), key)?.version ?? null;
    if (held === null) return;
    if (compareVersions(version, held) < 0) this.add("older-refused");
    if (version.number === held.number && version.writer !== held.writer) this.add("tie");
  }

  // ---------------------------------------------------------------- coordinators

  private begins(coordinator: ServerId): void {
    const entry = this.journal.open(coordinator);
    if (entry === undefined) return;
    const { key, kind } = entry.request;
    this.state.doing.set(coordinator, { entry, asked: new Set(), shown: [], stored: false });
    if (kind === "read") return;
    if ([...this.state.writing.values()].includes(key)) this.add("concurrent-writes");
    this.state.writing.set(coordinator, key);
  }

  private asks(coordinator: ServerId, method: string, to: ServerId, entry: Versioned | undefined): void {
    const doing = this.state.doing.get(coordinator);
    if (doing === undefined) return;
    const isOpen = this.journal.open(coordinator)?.id === doing.entry.id;
    const name = `${method} ${to}`;
    if (isOpen && doing.asked.has(name)) this.add("asked-again");
    doing.asked.add(name);
    if (entry === undefined || doing.entry.request.kind !== "read") return;
    this.add(isOpen && this.quorum.promise === "atomic" ? "write-back" : "read-repair");
    doing.stored = true;
  }

  private hears(coordinator: ServerId, key: string, { held }: Shown): void {
    const open = this.journal.open(coordinator);
    if (open?.request.key !== key) this.add("late-answer");
    const doing = this.state.doing.get(coordinator);
    if (open === undefined || doing?.entry.id !== open.id || open.request.key !== key) return;
    if (held === undefined || held === null) return;
    if (doing.shown.some((version) => compareVersions(version, held.version) !== 0)) {
      this.add("answers-differ");
    }
    doing.shown.push(held.version);
  }

  private ends(coordinator: ServerId, result: QuorumResult): void {
    this.state.writing.delete(coordinator);
    const doing = this.state.doing.get(coordinator);
    if (result === "unknown") return this.add("write-unknown");
    if (result === "failed") return this.add("operation-failed");
    if (doing?.entry.request.kind !== "read" || result.version === null) return;
    if (this.quorum.promise === "atomic" && !doing.stored) this.add("read-in-one");
    const write = this.ledger.issue(doing.entry.request.key, result.version)?.entry;
    if (write !== undefined && (write.result ?? "unknown") === "unknown") this.add("half-done-read");
  }

  private add(mark: QuorumMarkId): void {
    this.state.marks.add(mark);
  }
}

/** What a message may hand over. */
interface Handed {
  readonly entry?: Versioned;
  readonly entries?: readonly KeyEntry[];
}

/** What a reply to a fetch shows. */
interface Shown {
  readonly held?: Versioned | null;
}
