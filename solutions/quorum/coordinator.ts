import type {
  Consistency,
  CoordinatorContext,
  CoordinatorProgram,
  PlainData,
  QuorumProtocol,
  QuorumRequest,
  QuorumResult,
  ServerId,
  Version,
  Versioned,
} from "@labs/kit";
import { isNewer, isSame } from "./versions";

/** After so many ms what was not answered is sent again. */
const RESEND = 100;

/** The operation that it is busy with, or the last one. */
interface Operation {
  /** Travels with every message, so that a late answer to an earlier operation is recognised. */
  readonly id: number;
  readonly request: QuorumRequest;
  /** Who has shown what in the query phase. */
  readonly shown: Map<ServerId, Versioned | null>;
  /** To whom the entry was sent. */
  readonly told: Set<ServerId>;
  /** Who holds the entry that is stored. */
  readonly holders: Set<ServerId>;
  /** What is stored: the new version of a write, or what a read has found; null for a read that has found nothing. */
  entry?: Versioned | null;
  done: boolean;
}

/**
 * A coordinator in two phases (ABD 1995): the query asks all replicas what they hold and waits for R answers; the store hands all
 * replicas an entry and waits for W acknowledgements. A write does both, a read needs the second one only where it promises to be atomic.
 */
export class Coordinator implements CoordinatorProgram {
  /** No version of its own has a higher number. On the disk. */
  private highest: number;
  private operations = 0;
  private open: Operation | undefined;

  constructor(
    private readonly ctx: CoordinatorContext,
    saved: PlainData | undefined,
  ) {
    this.highest = (saved as { readonly highest: number } | undefined)?.highest ?? 0;
  }

  label(): Consistency {
    const { W, R, promise } = this.quorum();
    return W + R > this.ctx.peers.length ? promise : "eventual";
  }

  invoke(request: QuorumRequest): void {
    this.operations += 1;
    const open = {
      id: this.operations,
      request,
      shown: new Map(),
      told: new Set<ServerId>(),
      holders: new Set<ServerId>(),
      done: false,
    };
    this.open = open;
    this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);
    // Without a promise that needs it, a write saves itself the query: its own numbers grow, and that is all it owes.
    if (request.kind !== "read" && this.label() === "eventual") this.write(open);
    else this.send();
  }

  timer(name: string): void {
    const { open } = this;
    if (open === undefined || open.done) return;
    if (name === "timeout")
      this.end(open.request.kind !== "read" && open.entry !== undefined ? "unknown" : "failed");
    else this.send();
  }

  // ---------------------------------------------------------------- the query

  fetchReply(
    from: ServerId,
    { held }: QuorumProtocol["fetch"]["reply"],
    request: QuorumProtocol["fetch"]["request"],
  ): void {
    if (held !== null) this.see(held.version);
    const { open } = this;
    if (open?.id !== request.hint || open === undefined) return;
    if (open.entry !== undefined) return this.repair(open, from, held);
    if (open.done) return; // it has failed, and that was the last word
    open.shown.set(from, held);
    if (open.shown.size < this.quorum().R) return;
    if (open.request.kind === "read") this.found(open);
    else this.write(open);
  }

  /** R replicas have answered a read: the newest of what they have shown is its answer, now or once W replicas hold it. */
  private found(open: Operation): void {
    let newest: Versioned | null = null;
    for (const held of open.shown.values()) {
      if (held !== null && isNewer(held.version, newest?.version)) newest = held;
    }
    open.entry = newest;
    if (newest === null) return this.end({ value: null, version: null });
    const { version } = newest;
    for (const [replica, held] of open.shown) if (isSame(version, held?.version)) open.holders.add(replica);
    if (this.label() === "atomic") return this.stored(open) ? undefined : this.send();
    this.end(newest);
    for (const [replica, held] of open.shown) this.repair(open, replica, held);
  }

  /** Hands a replica that has shown something older what was found, if nobody has sent it there yet. */
  private repair(open: Operation, replica: ServerId, held: Versioned | null): void {
    const { entry = null, told } = open;
    if (entry !== null && !told.has(replica) && isNewer(entry.version, held?.version)) {
      this.store(open, replica, entry);
    }
  }

  // ---------------------------------------------------------------- the store

  private write(open: Operation): void {
    const { request } = open;
    for (const held of open.shown.values()) if (held !== null) this.see(held.version);
    this.highest += 1;
    this.ctx.save({ highest: this.highest }); // or a restart would issue the number again
    const version = { number: this.highest, writer: this.ctx.id };
    open.entry = { version, value: request.kind === "write" ? request.value : null };
    this.send();
  }

  storeReply(
    from: ServerId,
    { version }: QuorumProtocol["store"]["reply"],
    request: QuorumProtocol["store"]["request"],
  ): void {
    this.see(version);
    const { open } = this;
    if (open?.id !== request.hint || open === undefined) return;
    open.holders.add(from);
    this.stored(open);
  }

  /** Ends the operation if W replicas hold what is stored. */
  private stored(open: Operation): boolean {
    if (open.done || open.holders.size < this.quorum().W) return false;
    const { request, entry = null } = open;
    if (request.kind === "read") this.end({ value: entry?.value ?? null, version: entry?.version ?? null });
    else if (entry !== null) this.end({ version: entry.version });
    return true;
  }

  // ---------------------------------------------------------------- helpers

  /** Sends what the present phase asks, to all that have not answered yet. */
  private send(): void {
    const { open } = this;
    if (open === undefined || open.done) return;
    const { key } = open.request;
    for (const replica of this.ctx.peers) {
      if (open.entry === undefined) {
        if (!open.shown.has(replica)) this.ctx.call(replica, "fetch", { key, hint: open.id });
      } else if (open.entry !== null && !open.holders.has(replica)) {
        this.store(open, replica, open.entry);
      }
    }
    this.ctx.setTimer("resend", RESEND);
  }

  private store(open: Operation, replica: ServerId, entry: Versioned): void {
    open.told.add(replica);
    this.ctx.call(replica, "store", { key: open.request.key, entry, hint: open.id });
  }

  private end(result: QuorumResult): void {
    if (this.open !== undefined) this.open.done = true;
    this.ctx.cancelTimer("resend");
    this.ctx.cancelTimer("timeout");
    this.ctx.done(result);
  }

  private see(version: Version): void {
    this.highest = Math.max(this.highest, version.number);
  }

  private quorum(): { readonly W: number; readonly R: number; readonly promise: Consistency } {
    const majority = Math.floor(this.ctx.peers.length / 2) + 1;
    const { W = majority, R = majority, promise = "atomic" } = this.ctx.options;
    return { W, R, promise };
  }
}
