import type {
  Handlers,
  KeyEntry,
  QuorumProtocol,
  RepairProtocol,
  ReplicaContext,
  ReplicaProgram,
  ReplicaState,
  ServerId,
  Version,
  Versioned,
} from "@labs/kit";
import { digestOf } from "./digest";
import { isNewer } from "./versions";

/** What a comparison begins with, and how it goes on where two replicas differ. */
type Summary = { readonly digest: number } | { readonly want: readonly string[] };

/** By key: the version alone. */
type Versions = { readonly [key: string]: Version };

/** One replica: it keeps the newest version of each key, and compares notes with the others in the background. */
export class Replica implements ReplicaProgram, Handlers<RepairProtocol> {
  private readonly entries: Map<string, Versioned>;
  /** Of all that it holds: two replicas with the same digest hold the same. */
  private digest = 0;

  constructor(
    private readonly ctx: ReplicaContext,
    saved: ReplicaState | undefined,
  ) {
    this.entries = new Map(Object.entries(saved?.entries ?? {}));
    for (const [key, { version }] of this.entries) this.digest = digestOf(this.digest, key, version);
    this.scheduleRepair();
  }

  fetch(_from: ServerId, { key }: QuorumProtocol["fetch"]["request"]): QuorumProtocol["fetch"]["reply"] {
    return { held: this.entries.get(key) ?? null };
  }

  store(
    _from: ServerId,
    { key, entry }: QuorumProtocol["store"]["request"],
  ): QuorumProtocol["store"]["reply"] {
    this.keep([{ key, ...entry }]);
    return { version: this.entries.get(key)?.version ?? entry.version };
  }

  // ---------------------------------------------------------------- anti-entropy

  timer(): void {
    const peer = this.ctx.peers[Math.floor(this.ctx.random() * this.ctx.peers.length)];
    if (peer !== undefined) this.ctx.call(peer, "compare", { summary: { digest: this.digest } });
    this.scheduleRepair();
  }

  /** First only a digest; if that differs, the versions; then each sends the other what it lacks. */
  compare(
    _from: ServerId,
    { summary, entries = [] }: RepairProtocol["compare"]["request"],
  ): RepairProtocol["compare"]["reply"] {
    const asked = summary as Summary;
    if ("digest" in asked) {
      return asked.digest === this.digest ? { entries: [] } : { entries: [], summary: this.versions() };
    }
    this.keep(entries);
    return { entries: this.pick(asked.want) };
  }

  compareReply(
    from: ServerId,
    { entries, summary }: RepairProtocol["compare"]["reply"],
    request: RepairProtocol["compare"]["request"],
  ): void {
    this.keep(entries);
    if (summary === undefined || !("digest" in (request.summary as Summary))) return;
    const theirs = new Map(Object.entries(summary as Versions));
    const want = [...theirs].filter(([key, version]) => isNewer(version, this.entries.get(key)?.version));
    const lacks = [...this.entries].filter(([key, { version }]) => isNewer(version, theirs.get(key)));
    if (want.length === 0 && lacks.length === 0) return;
    this.ctx.call(from, "compare", {
      summary: { want: want.map(([key]) => key) },
      entries: this.pick(lacks.map(([key]) => key)),
    });
  }

  // ---------------------------------------------------------------- helpers

  /** Keeps what is newer than what it holds, and saves if that changed anything. */
  private keep(entries: readonly KeyEntry[]): void {
    const fresh = entries.filter(({ key, version }) => isNewer(version, this.entries.get(key)?.version));
    if (fresh.length === 0) return;
    for (const { key, version, value } of fresh) {
      const old = this.entries.get(key);
      if (old !== undefined) this.digest = digestOf(this.digest, key, old.version);
      this.digest = digestOf(this.digest, key, version);
      this.entries.set(key, { version, value });
    }
    this.ctx.save({ entries: Object.fromEntries(this.entries) });
  }

  private pick(keys: readonly string[]): KeyEntry[] {
    return keys.flatMap((key) => {
      const held = this.entries.get(key);
      return held === undefined ? [] : [{ key, ...held }];
    });
  }

  private versions(): Versions {
    return Object.fromEntries([...this.entries].map(([key, { version }]) => [key, version]));
  }

  /** Not all at the same moment: each waits between half of the interval and one and a half. */
  private scheduleRepair(): void {
    const { repairEvery = 0 } = this.ctx.options;
    if (repairEvery > 0) this.ctx.setTimer("repair", repairEvery * (0.5 + this.ctx.random()));
  }
}
