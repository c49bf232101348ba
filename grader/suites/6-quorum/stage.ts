import { compareVersions, type QuorumCluster, type Versioned } from "../../../labs/kit/quorum";

// Replicas that the scene plays, so that one coordinator can be looked at alone; and clients that it plays, for replicas alone.

type Method = "fetch" | "store";

/** A request that a puppet has received. */
export interface Heard {
  /** In virtual ms. */
  readonly at: number;
  readonly replica: number;
  readonly method: Method;
  readonly key: string;
  /** Of a store. */
  readonly entry: Versioned | undefined;
  /** What the replica has last shown of this key, and when. */
  readonly shown: Shown | undefined;
  /** Sends the answer that was due when the request came. */
  answer(): void;
}

/** An answer to a fetch. */
export interface Shown {
  readonly held: Versioned | null;
  /** In virtual ms. */
  readonly at: number;
}

const ASKS =
  "A coordinator asks again, after 200 ms at the latest, whoever has not answered while it needs more answers (handout)";

/** That, a round trip and a tick of the coordinator's clock; in virtual ms. */
const SOON = 300;

/**
 * Puppet replicas. They play right ones: each keeps the newest version of each key and answers with what it holds, as long as the scene
 * lets it answer. They send no hints.
 */
export class Replicas {
  /** All requests, in the order in which they came. */
  readonly heard: Heard[] = [];
  private readonly entries = new Map<string, Versioned>();
  private readonly shown = new Map<string, Shown>();
  private readonly silent = new Set<string>();
  private copies = 1;

  constructor(private readonly c: QuorumCluster) {
    for (const replica of c.servers) {
      for (const method of ["fetch", "store"] as const) {
        c.puppet(replica).answer(method, (request, from) => {
          this.take(replica, method, request as { key: string; entry?: Versioned }, from);
          return undefined; // it is answered by hand
        });
      }
    }
  }

  // ------------------------------------------------------------------------------------------- directions

  /** Puts an entry on replicas, as if somebody had stored it there; null: they have never heard of the key. */
  give(key: string, entry: Versioned | null, ...replicas: readonly number[]): void {
    for (const replica of replicas) {
      if (entry === null) this.entries.delete(`${replica} ${key}`);
      else this.entries.set(`${replica} ${key}`, entry);
    }
  }

  /** What a replica holds. */
  held(replica: number, key: string): Versioned | null {
    return this.entries.get(`${replica} ${key}`) ?? null;
  }

  /** These answer no requests of this method until they may speak. They go on keeping what they are told to store. */
  silence(method: Method, ...replicas: readonly number[]): void {
    for (const replica of replicas) this.silent.add(`${replica} ${method}`);
  }

  /** This one answers requests of this method again, the last one that it has left unanswered too. */
  listen(method: Method, replica: number): void {
    this.silent.delete(`${replica} ${method}`);
    this.of(method)
      .findLast((heard) => heard.replica === replica)
      ?.answer();
  }

  /** Only these answer. */
  only(...replicas: readonly number[]): void {
    this.speak();
    for (const method of ["fetch", "store"] as const) {
      this.silence(method, ...this.c.servers.filter((id) => !replicas.includes(id)));
    }
  }

  /** All answer again; what was not answered stays so. */
  speak(): void {
    this.silent.clear();
  }

  /** From now on each answer is sent so many times. */
  repeat(copies: number): void {
    this.copies = copies;
  }

  // ------------------------------------------------------------------------------------------ what they hear

  /** Requests of a method from the `since`-th request on. */
  of(method: Method, since = 0): readonly Heard[] {
    return this.heard.slice(since).filter((heard) => heard.method === method);
  }

  /** Waits until each of these replicas has had such a request since then; the first one of each. */
  await(method: Method, replicas: readonly number[], since: number): readonly Heard[] {
    const firsts = (): Heard[] =>
      replicas.flatMap((id) => this.of(method, since).find(({ replica }) => replica === id) ?? []);
    const who = replicas.map((id) => `server ${id}`).join(", ");
    this.c.until(`a ${method} to ${who}`, () => firsts().length === replicas.length, SOON, ASKS);
    return firsts();
  }

  private take(
    replica: number,
    method: Method,
    { key, entry }: { key: string; entry?: Versioned },
    from: number,
  ): void {
    const place = `${replica} ${key}`;
    if (method === "store" && entry !== undefined && isNewer(entry, this.held(replica, key))) {
      this.entries.set(place, entry);
    }
    const held = this.held(replica, key);
    const reply = method === "fetch" ? { held } : { version: (held ?? entry)?.version };
    const puppet = this.c.puppet(replica);
    const letter = puppet
      .requests(method)
      .findLast(({ message }) => message.from === from && (message.request as { key: string }).key === key);
    const answer = (): void => {
      if (letter === undefined) return;
      if (method === "fetch") this.shown.set(place, { held, at: this.c.now });
      puppet.reply(letter, reply);
    };
    this.heard.push({ at: this.c.now, replica, method, key, entry, shown: this.shown.get(place), answer });
    if (this.silent.has(`${replica} ${method}`)) return;
    for (let copy = 0; copy < this.copies; copy++) answer();
  }
}

/** A version and the value that goes with it in scenes that make versions up. */
export function made(number: number, writer: number, value?: string | null): Versioned {
  return { version: { number, writer }, value: value === undefined ? `${number} of ${writer}` : value };
}

/** The newest of these; null if nobody holds anything. */
export function newest(all: readonly (Versioned | null)[]): Versioned | null {
  return all.reduce((best, held) => (held !== null && isNewer(held, best) ? held : best), null);
}

/** What a message shows of an entry. */
export function tell(held: Versioned | null): string {
  if (held === null) return "nothing";
  const { version, value } = held;
  return `version ${version.number} of C${version.writer}${value === null ? ", a tombstone" : ""}`;
}

function isNewer(a: Versioned, b: Versioned | null): boolean {
  return compareVersions(a.version, b?.version ?? null) > 0;
}
