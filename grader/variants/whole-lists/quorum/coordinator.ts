import type {
  Consistency,
  CoordinatorContext,
  CoordinatorProgram,
  QuorumProtocol,
  QuorumRequest,
  QuorumResult,
  ServerId,
  Versioned,
} from "@labs/kit";
import { isNewer } from "./order";

const AGAIN = 100;

/** One operation: asks, perhaps stores, and is done. */
interface Operation {
  readonly request: QuorumRequest;
  /** The hint of its messages. */
  readonly serial: number;
  /** What each replica has shown. */
  readonly seen: Map<ServerId, Versioned | null>;
  /** What is being stored, once it is. */
  storing: Versioned | null;
  /** Who holds it. */
  readonly holders: Set<ServerId>;
}

/** Asks everybody at once; what it has issued is on its disk before it leaves. */
export class Coordinator implements CoordinatorProgram {
  private issued: number;
  private serial = 0;
  private operation: Operation | null = null;

  constructor(
    private readonly ctx: CoordinatorContext,
    saved: number | undefined,
  ) {
    this.issued = saved ?? 0;
  }

  label(): Consistency {
    const { promise = "eventual" } = this.ctx.options;
    return this.W + this.R > this.ctx.peers.length ? promise : "eventual";
  }

  invoke(request: QuorumRequest): void {
    const serial = (this.serial += 1);
    this.operation = { request, serial, seen: new Map(), storing: null, holders: new Set() };
    this.ctx.setTimer("end", this.ctx.options.timeout ?? 1000);
    if (request.kind !== "read" && this.label() === "eventual") this.issue(this.operation);
    else this.ask(this.operation);
  }

  fetchReply(
    from: ServerId,
    { held }: QuorumProtocol["fetch"]["reply"],
    { hint }: QuorumProtocol["fetch"]["request"],
  ): void {
    const { operation } = this;
    if (operation === null || operation.serial !== hint || operation.storing !== null) return;
    operation.seen.set(from, held);
    if (operation.seen.size < this.R) return;
    if (operation.request.kind === "read") this.show(operation);
    else this.issue(operation);
  }

  storeReply(
    from: ServerId,
    _reply: QuorumProtocol["store"]["reply"],
    { hint, entry: { version, value } }: QuorumProtocol["store"]["request"],
  ): void {
    const { operation } = this;
    if (operation === null || operation.serial !== hint) return;
    operation.holders.add(from);
    if (operation.holders.size < this.W) return;
    this.end(operation.request.kind === "read" ? { value, version } : { version });
  }

  timer(name: string): void {
    const { operation } = this;
    if (operation === null) return;
    if (name === "end")
      this.end(operation.request.kind === "read" || !operation.storing ? "failed" : "unknown");
    else if (operation.storing === null) this.ask(operation);
    else this.store(operation, operation.storing);
  }

  private get W(): number {
    return this.ctx.options.W ?? 1;
  }

  private get R(): number {
    return this.ctx.options.R ?? 1;
  }

  private ask({ request: { key }, serial, seen }: Operation): void {
    for (const to of this.ctx.peers) if (!seen.has(to)) this.ctx.call(to, "fetch", { key, hint: serial });
    this.ctx.setTimer("again", AGAIN);
  }

  private show(operation: Operation): void {
    const best = newest(operation);
    if (best === null) return this.end({ value: null, version: null });
    for (const [from, held] of operation.seen)
      if (held !== null && !isNewer(best.version, held.version)) operation.holders.add(from);
    if (this.label() !== "atomic" || operation.holders.size >= this.W) return this.end(best);
    this.store(operation, best);
  }

  private issue(operation: Operation): void {
    const { request } = operation;
    this.issued = Math.max(this.issued, newest(operation)?.version.number ?? 0) + 1;
    this.ctx.save(this.issued);
    this.store(operation, {
      version: { number: this.issued, writer: this.ctx.id },
      value: request.kind === "write" ? request.value : null,
    });
  }

  private store(operation: Operation, entry: Versioned): void {
    operation.storing = entry;
    const { request, serial, holders } = operation;
    for (const to of this.ctx.peers)
      if (!holders.has(to)) this.ctx.call(to, "store", { key: request.key, entry, hint: serial });
    this.ctx.setTimer("again", AGAIN);
  }

  private end(result: QuorumResult): void {
    this.operation = null;
    this.ctx.cancelTimer("end");
    this.ctx.cancelTimer("again");
    this.ctx.done(result);
  }
}

function newest({ seen }: Operation): Versioned | null {
  let best: Versioned | null = null;
  for (const held of seen.values()) if (held !== null && isNewer(held.version, best?.version)) best = held;
  return best;
}
