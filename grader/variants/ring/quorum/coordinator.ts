import type {
  Consistency,
  CoordinatorContext,
  CoordinatorProgram,
  QuorumProtocol,
  QuorumRequest,
  QuorumResult,
  ServerId,
  Version,
  Versioned,
} from "@labs/kit";
import { Phase } from "./phase";
import { order } from "./shelf";

const TICK_MS = 20;

/** By key, the highest number that was issued here. */
type Numbers = readonly (readonly [key: string, number: number])[];

/** Does everything in ticks; numbers each key by itself; troubles no more replicas than it needs to. */
export class Coordinator implements CoordinatorProgram {
  private readonly numbers: Map<string, number>;
  private request: QuorumRequest | undefined;
  /** Counts operations, so that an answer finds the one that it belongs to. */
  private turn = 0;
  private endsAt = 0;
  private order: readonly ServerId[] = [];
  private query: Phase<Versioned | null> | undefined;
  private spread: Phase<Version> | undefined;
  private entry: Versioned | undefined;

  constructor(
    private readonly ctx: CoordinatorContext,
    saved: Numbers | undefined,
  ) {
    this.numbers = new Map(saved);
    this.order = ctx.peers;
    ctx.setTimer("tick", TICK_MS);
  }

  label(): Consistency {
    const { promise = "eventual", W = 1, R = 1 } = this.ctx.options;
    return W + R <= this.ctx.peers.length ? "eventual" : promise;
  }

  invoke(request: QuorumRequest): void {
    const { timeout = 1000, R = 1 } = this.ctx.options;
    const first = Math.floor(this.ctx.random() * this.ctx.peers.length);
    this.request = request;
    this.turn += 1;
    this.endsAt = this.ctx.now() + timeout;
    this.order = [...this.ctx.peers.slice(first), ...this.ctx.peers.slice(0, first)];
    this.query = this.spread = this.entry = undefined;
    if (request.kind !== "read" && this.label() === "eventual") this.write(request, 0);
    else this.query = new Phase(this.order, R);
    this.send();
  }

  fetchReply(
    from: ServerId,
    { held }: QuorumProtocol["fetch"]["reply"],
    { hint }: QuorumProtocol["fetch"]["request"],
  ): void {
    const { request, query } = this;
    if (request === undefined || query === undefined || this.spread !== undefined || hint !== this.turn)
      return;
    query.answers.set(from, held);
    if (!query.isOver) return;
    const [best = null] = [...query.answers.values()].sort((a, b) =>
      a === null ? 1 : b === null ? -1 : order(b.version, a.version),
    );
    if (request.kind !== "read") this.write(request, best?.version.number ?? 0);
    else if (best === null) return this.end({ value: null, version: null });
    else if (this.label() !== "atomic") return this.end(best);
    else this.store(best);
    this.send();
  }

  storeReply(
    from: ServerId,
    { version }: QuorumProtocol["store"]["reply"],
    { hint }: QuorumProtocol["store"]["request"],
  ): void {
    if (hint !== this.turn) return;
    this.spread?.answers.set(from, version);
    this.endIfSpread();
  }

  timer(): void {
    this.ctx.setTimer("tick", TICK_MS);
    if (this.request === undefined) return;
    if (this.ctx.now() < this.endsAt) return this.send();
    this.end(this.request.kind === "read" || this.entry === undefined ? "failed" : "unknown");
  }

  /** A new version, above all that were seen and all that were issued here. */
  private write(request: QuorumRequest, seen: number): void {
    const { key } = request;
    const number = Math.max(seen, this.numbers.get(key) ?? 0) + 1;
    this.numbers.set(key, number);
    this.ctx.save([...this.numbers]);
    const value = request.kind === "write" ? request.value : null;
    this.store({ version: { number, writer: this.ctx.id }, value });
  }

  /** Makes W replicas hold this version; those that have shown it need not be told. */
  private store(entry: Versioned): void {
    this.entry = entry;
    this.spread = new Phase(this.order, this.ctx.options.W ?? 1);
    for (const [from, held] of this.query?.answers ?? []) {
      if (held !== null && order(held.version, entry.version) >= 0)
        this.spread.answers.set(from, held.version);
    }
    this.endIfSpread();
  }

  private endIfSpread(): void {
    if (this.spread?.isOver !== true || this.entry === undefined) return;
    const { version } = this.entry;
    this.end(this.request?.kind === "read" ? this.entry : { version });
  }

  private send(): void {
    if (this.request === undefined) return;
    const { key } = this.request;
    const now = this.ctx.now();
    if (this.entry !== undefined) {
      for (const to of this.spread?.due(now) ?? [])
        this.ctx.call(to, "store", { key, entry: this.entry, hint: this.turn });
    } else {
      for (const to of this.query?.due(now) ?? []) this.ctx.call(to, "fetch", { key, hint: this.turn });
    }
  }

  private end(result: QuorumResult): void {
    this.request = this.query = this.spread = undefined;
    this.ctx.done(result);
  }
}
