import type { KeyEntry, ReplicaState, Version, Versioned } from "@labs/kit";

const BUCKETS = 16;

/** Everything that a replica holds, in buckets that are told apart by a digest each. */
export class Shelf {
  private readonly buckets: Map<string, Versioned>[] = Array.from(
    { length: BUCKETS },
    () => new Map<string, Versioned>(),
  );

  constructor(entries: ReplicaState["entries"]) {
    for (const [key, entry] of Object.entries(entries)) this.bucketOf(key).set(key, entry);
  }

  get(key: string): Versioned | null {
    return this.bucketOf(key).get(key) ?? null;
  }

  /** Keeps what is newer than what is there; tells whether anything was. */
  add(entries: readonly KeyEntry[]): boolean {
    let changed = false;
    for (const { key, version, value } of entries) {
      if (order(version, this.get(key)?.version) <= 0) continue;
      this.bucketOf(key).set(key, { version, value });
      changed = true;
    }
    return changed;
  }

  bucket(i: number): KeyEntry[] {
    return [...(this.buckets[i] ?? [])].map(([key, { version, value }]) => ({ key, version, value }));
  }

  /** Of one bucket, what is newer than in a catalogue, or not in it at all. */
  newerThan(
    i: number,
    catalogue: readonly { readonly key: string; readonly version: Version }[],
  ): KeyEntry[] {
    const theirs = new Map(catalogue.map(({ key, version }) => [key, version]));
    return this.bucket(i).filter(({ key, version }) => order(version, theirs.get(key)) > 0);
  }

  digests(): number[] {
    return this.buckets.map((bucket) => {
      let digest = 0;
      for (const [key, { version }] of bucket) digest ^= hash(`${key}@${version.number}.${version.writer}`);
      return digest;
    });
  }

  toState(): ReplicaState {
    return { entries: Object.fromEntries(this.buckets.flatMap((bucket) => [...bucket])) };
  }

  private bucketOf(key: string): Map<string, Versioned> {
    const bucket = this.buckets[(hash(key) >>> 8) % BUCKETS];
    if (bucket === undefined) throw new Error("no such bucket");
    return bucket;
  }
}

/** Positive if `a` is newer. */
export function order(a: Version, b: Version | undefined): number {
  if (b === undefined) return 1;
  return a.number === b.number ? a.writer - b.writer : a.number - b.number;
}

/** FNV-1a with two last stirs. */
function hash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 16)) >>> 0;
}
