import type {
  CallId,
  KeyEntry,
  QuorumProtocol,
  RepairProtocol,
  ReplicaContext,
  ReplicaProgram,
  ReplicaState,
  ServerId,
  Version,
} from "@labs/kit";
import { Shelf } from "./shelf";

type Compare = RepairProtocol["compare"];

/** What comes within so many ms goes to the disk together. */
const GATHER_MS = 5;

/** A bucket's keys, with their versions. */
type Catalogue = readonly { readonly key: string; readonly version: Version }[];

/**
 * Gathers what it is to keep, saves it at once and only then answers. News travel round a ring: each replica pushes to its successor what
 * that one lacks, and to the next but one if the successor is silent.
 */
export class Replica implements ReplicaProgram {
  private readonly shelf: Shelf;
  private arrived: KeyEntry[] = [];
  private waiting: { readonly call: CallId; readonly key: string }[] = [];
  private step = 1;
  private heard = true;

  constructor(
    private readonly ctx: ReplicaContext,
    saved: ReplicaState | undefined,
  ) {
    this.shelf = new Shelf(saved?.entries ?? {});
    this.nextRound();
  }

  fetch(_from: ServerId, { key }: QuorumProtocol["fetch"]["request"]): QuorumProtocol["fetch"]["reply"] {
    return { held: this.shelf.get(key) };
  }

  store(_from: ServerId, { key, entry }: QuorumProtocol["store"]["request"], call: CallId): "later" {
    this.waiting.push({ call, key });
    this.gather([{ key, ...entry }]);
    return "later";
  }

  /** Answers with a catalogue of the buckets whose digests differ. */
  compare(_from: ServerId, { summary, entries }: Compare["request"]): Compare["reply"] {
    if (entries !== undefined) this.gather(entries);
    const theirs = summary as readonly number[];
    const mine = this.shelf.digests();
    const differing = mine.flatMap((digest, i) => (digest === theirs[i] ? [] : [i]));
    const catalogue = entries === undefined ? differing.flatMap((i) => this.shelf.bucket(i)) : [];
    return {
      entries: [],
      summary: { differing, catalogue: catalogue.map(({ key, version }) => ({ key, version })) },
    };
  }

  compareReply(from: ServerId, { summary }: Compare["reply"], request: Compare["request"]): void {
    this.heard = true;
    if (request.entries !== undefined) return;
    const { differing, catalogue } = summary as {
      readonly differing: readonly number[];
      readonly catalogue: Catalogue;
    };
    const entries = differing.flatMap((i) => this.shelf.newerThan(i, catalogue));
    if (entries.length > 0) this.ctx.call(from, "compare", { summary: this.shelf.digests(), entries });
  }

  timer(name: string): void {
    if (name === "disk") return this.toDisk();
    if (this.heard) this.step = 1;
    else this.step = (this.step % this.ctx.peers.length) + 1;
    this.heard = false;
    const all = [this.ctx.id, ...this.ctx.peers].sort((a, b) => a - b);
    const to = all[(all.indexOf(this.ctx.id) + this.step) % all.length];
    if (to !== undefined && to !== this.ctx.id)
      this.ctx.call(to, "compare", { summary: this.shelf.digests() });
    this.nextRound();
  }

  private nextRound(): void {
    const { repairEvery = 0 } = this.ctx.options;
    if (repairEvery > 0) this.ctx.setTimer("round", repairEvery);
  }

  private gather(entries: readonly KeyEntry[]): void {
    if (this.arrived.length === 0) this.ctx.setTimer("disk", GATHER_MS);
    this.arrived.push(...entries);
  }

  private toDisk(): void {
    const { arrived, waiting } = this;
    this.arrived = [];
    this.waiting = [];
    if (this.shelf.add(arrived)) this.ctx.save(this.shelf.toState());
    for (const { call, key } of waiting) {
      const held = this.shelf.get(key);
      if (held !== null) this.ctx.reply(call, { version: held.version });
    }
  }
}
