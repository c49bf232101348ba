import type { PlainData, ServerId } from "../../program";
import { ScriptedWorld } from "../../scene/fixture";
import type { Observer } from "../../sim";
import { QuorumForm } from "../form";
import { Journal } from "../journal";
import type { KeyEntry, QuorumRequest, QuorumResult, Versioned } from "../messages";
import { AnswerMonitor, type Quorum } from "./answers";
import { QuorumCoverage } from "./coverage";
import { EvidenceMonitor } from "./evidence";
import { Ledger } from "./ledger";
import { ReplicaMonitor } from "./replicas";

/** Three replicas, 0 to 2, of which two make a quorum. */
export const MAJORITY: Quorum = { N: 3, W: 2, R: 2, promise: "atomic" };

/** A value, as version `number` of coordinator `writer`; null: a tombstone. */
export function entry(
  number: number,
  writer: ServerId,
  value: string | null = `${number}.${writer}`,
): Versioned {
  return { version: { number, writer }, value };
}

/** A script of what replicas and coordinators (3 and up) do; all monitors of Lab 6 listen. */
export class Script extends ScriptedWorld {
  readonly journal = new Journal();
  readonly ledger = new Ledger(this.journal);
  readonly evidence = new EvidenceMonitor(this.journal);
  readonly answers: AnswerMonitor;
  readonly coverage: QuorumCoverage;
  protected override readonly monitors: readonly Observer[];
  private calls = 0;

  constructor(quorum: Quorum = MAJORITY) {
    super(quorum.N);
    this.answers = new AnswerMonitor(quorum, this.journal, this.ledger, this.evidence);
    this.coverage = new QuorumCoverage(quorum, this.journal, this.ledger);
    const { journal, ledger, evidence, answers, coverage } = this;
    this.monitors = [new QuorumForm(), journal, ledger, new ReplicaMonitor(), evidence, answers, coverage];
    for (const id of this.servers) this.boot(id);
  }

  // ---------------------------------------------------------------- single steps

  /** A replica's disk holds this from now on; a coordinator's anything. */
  saves(
    server: ServerId,
    state: { readonly entries: { readonly [key: string]: Versioned } } | PlainData,
  ): this {
    return this.keepsOnDisk(server, state);
  }

  sends(from: ServerId, to: ServerId, method: string, request: PlainData): this {
    return this.effect(from, { kind: "call", to, method, request });
  }

  /** A request arrives; the answer to it is the next {@link Script.replies} of that server. */
  arrives(server: ServerId, from: ServerId, method: string, request: PlainData): this {
    return this.input(server, { kind: "request", from, method, request, call: ++this.calls });
  }

  replies(server: ServerId, reply: PlainData): this {
    return this.effect(server, { kind: "reply", call: this.calls, reply });
  }

  /** A coordinator is asked for something. */
  asks(coordinator: ServerId, request: QuorumRequest): this {
    this.now += 1;
    return this.input(coordinator, { kind: "invoke", verb: "invoke", args: [request] });
  }

  /** A coordinator ends its operation. */
  ends(coordinator: ServerId, result: QuorumResult): this {
    return this.effect(coordinator, { kind: "up", verb: "done", args: [result] });
  }

  // ---------------------------------------------------------------- what right programs do

  /** Each of these replicas is asked what it holds, and the coordinator has its answer. */
  fetches(coordinator: ServerId, key: string, ...replicas: readonly ServerId[]): this {
    for (const replica of replicas) {
      const held = this.held(replica, key);
      this.sends(coordinator, replica, "fetch", { key }).arrives(replica, coordinator, "fetch", { key });
      this.replies(replica, { held }).hears(coordinator, replica, "fetch", { key }, { held });
    }
    return this;
  }

  /** Each of these replicas is handed an entry, keeps it if it is newer, and has acknowledged it. */
  stores(coordinator: ServerId, key: string, given: Versioned, ...replicas: readonly ServerId[]): this {
    const request = { key, entry: given };
    for (const replica of replicas) {
      this.sends(coordinator, replica, "store", request).arrives(replica, coordinator, "store", request);
      this.keeps(replica, { key, ...given });
      const { version } = this.held(replica, key) ?? given;
      this.replies(replica, { version }).hears(coordinator, replica, "store", request, { version });
    }
    return this;
  }

  /** A replica keeps an entry, if it is newer than what it holds. */
  keeps(replica: ServerId, { key, version, value }: KeyEntry): this {
    const held = this.held(replica, key)?.version ?? { number: 0, writer: 0 };
    const isNewer =
      version.number > held.number || (version.number === held.number && version.writer > held.writer);
    if (!isNewer) return this;
    return this.saves(replica, { entries: { ...this.entries(replica), [key]: { version, value } } });
  }

  /** A whole write of `x`: asks, stores, ends. */
  writes(coordinator: ServerId, given: Versioned, ...replicas: readonly ServerId[]): this {
    const request =
      given.value === null
        ? ({ kind: "delete", key: "x" } as const)
        : ({ kind: "write", key: "x", value: given.value } as const);
    this.asks(coordinator, request).fetches(coordinator, "x", ...replicas);
    return this.stores(coordinator, "x", given, ...replicas).ends(coordinator, { version: given.version });
  }

  /** A read of `x` begins, and these replicas answer. */
  reads(coordinator: ServerId, ...replicas: readonly ServerId[]): this {
    return this.asks(coordinator, { kind: "read", key: "x" }).fetches(coordinator, "x", ...replicas);
  }

  private entries(replica: ServerId): { readonly [key: string]: Versioned } {
    const saved = this.saved(replica) as
      { readonly entries: { readonly [key: string]: Versioned } } | undefined;
    return saved?.entries ?? {};
  }

  private held(replica: ServerId, key: string): Versioned | null {
    return this.entries(replica)[key] ?? null;
  }
}
