import type {
  KeyEntry,
  PlainData,
  QuorumProtocol,
  RepairProtocol,
  ReplicaContext,
  ReplicaProgram,
  ReplicaState,
  ServerId,
  Versioned,
} from "@labs/kit";
import { isNewer } from "./order";

type Compare = RepairProtocol["compare"];

/** Tells a random peer a hash of what it holds; whoever finds another hash answers with all that it has. */
export class Replica implements ReplicaProgram {
  private readonly held = new Map<string, Versioned>();

  constructor(
    private readonly ctx: ReplicaContext,
    saved: ReplicaState | undefined,
  ) {
    for (const [key, entry] of Object.entries(saved?.entries ?? {})) this.held.set(key, entry);
    this.rest();
  }

  fetch(_from: ServerId, { key }: QuorumProtocol["fetch"]["request"]): QuorumProtocol["fetch"]["reply"] {
    return { held: this.held.get(key) ?? null };
  }

  store(
    _from: ServerId,
    { key, entry: { version, value } }: QuorumProtocol["store"]["request"],
  ): QuorumProtocol["store"]["reply"] {
    this.keep([{ key, version, value }]);
    return { version: this.held.get(key)?.version ?? version };
  }

  compare(_from: ServerId, { summary, entries = [] }: Compare["request"]): Compare["reply"] {
    this.keep(entries);
    return { entries: entries.length > 0 || summary === this.hash() ? [] : this.all() };
  }

  /** What the other one lacks goes back to it. */
  compareReply(from: ServerId, { entries }: Compare["reply"]): void {
    if (entries.length === 0) return;
    const theirs = new Map(entries.map((each) => [each.key, each.version]));
    const lacking = this.all().filter(({ key, version }) => isNewer(version, theirs.get(key)));
    this.keep(entries);
    if (lacking.length > 0) this.ctx.call(from, "compare", { summary: this.hash(), entries: lacking });
  }

  timer(): void {
    const { peers } = this.ctx;
    const to = peers[Math.floor(this.ctx.random() * peers.length)];
    if (to !== undefined) this.ctx.call(to, "compare", { summary: this.hash() });
    this.rest();
  }

  private rest(): void {
    const { repairEvery = 0 } = this.ctx.options;
    if (repairEvery > 0) this.ctx.setTimer("repair", repairEvery * (0.75 + this.ctx.random() / 4));
  }

  private keep(entries: readonly KeyEntry[]): void {
    const news = entries.filter(({ key, version }) => isNewer(version, this.held.get(key)?.version));
    if (news.length === 0) return;
    for (const { key, version, value } of news) this.held.set(key, { version, value });
    this.ctx.save({ entries: Object.fromEntries(this.held) });
  }

  private all(): KeyEntry[] {
    return [...this.held].map(([key, entry]) => ({ key, ...entry }));
  }

  /** The same for the same versions, whatever order they came in. */
  private hash(): PlainData {
    let sum = 0;
    for (const [key, { version }] of this.held) {
      let hash = 17;
      for (const char of `${version.number} ${version.writer} ${key}`)
        hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) | 0;
      for (const factor of [0x2c1b3c6d, 0x297a2d39]) hash = Math.imul(hash ^ (hash >>> 15), factor);
      sum = (sum + (hash ^ (hash >>> 15))) | 0;
    }
    return sum;
  }
}
