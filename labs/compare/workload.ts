import type { ServerId } from "../kit/program";
import { VALUE_BYTES } from "./costs";
import type { Attempt, Store, Work } from "./store";

/** How many keys there are. Each writer has one of its own, so that no write makes another one superfluous. */
const KEYS = 48;

/** Clients that read, and clients that write. */
export interface Crowd {
  readonly readers: readonly ServerId[];
  readonly writers: readonly ServerId[];
}

/**
 * So many clients and, to begin with, one more, which writes every key. Each has done a first operation, which finds the leader and
 * opens a session.
 */
export function crowdOf(store: Store, readers: number, writers: number): Crowd {
  store.ready();
  const founder = store.client();
  const found: Work = (client, n) =>
    n < KEYS ? { kind: "write", key: `k${n}`, value: valueOf(client, n) } : undefined;
  store.load([founder], found, () => store.stage.watch(WARM_UP));
  const crowd = {
    readers: Array.from({ length: readers }, () => store.reader()),
    writers: Array.from({ length: writers }, () => store.client()),
  };
  store.load([...crowd.readers, ...crowd.writers], once(workOf(store, crowd)), () =>
    store.stage.watch(WARM_UP),
  );
  return crowd;
}

/** Virtual ms. */
const WARM_UP = 500;

/** Keeps a crowd busy for a while: each client begins its next operation as soon as the last one has ended, on a key drawn from the seed. */
export function keepBusy(store: Store, crowd: Crowd, ms: number): Attempt[] {
  const all = [...crowd.readers, ...crowd.writers];
  return store.load(all, workOf(store, crowd), () => store.stage.watch(ms));
}

/** Lets a crowd do so many reads and as many writes, side by side: no kind gets ahead of the other. */
export function doAll(store: Store, crowd: Crowd, count: number): Attempt[] {
  const work = workOf(store, crowd);
  const begun = { read: 0, write: 0 };
  const evenly: Work = (client, n) => {
    const kind = crowd.readers.includes(client) ? "read" : "write";
    if (begun[kind] >= count || begun[kind] > Math.min(begun.read, begun.write) + AHEAD) return undefined;
    begun[kind] += 1;
    return work(client, n);
  };
  const all = [...crowd.readers, ...crowd.writers];
  return store.load(all, evenly, () => {
    while (begun.read < count || begun.write < count) store.stage.watch(LOOK);
    store.stage.watch(WARM_UP);
  });
}

/** One kind may be so many operations ahead. */
const AHEAD = 2;

/** How often somebody looks whether all is done, in virtual ms. */
const LOOK = 20;

/** True for reads; both harnesses say so in their own words. */
export function isRead({ request }: Attempt): boolean {
  const { kind } = request as { readonly kind: string };
  return kind === "read" || kind === "get";
}

function workOf(store: Store, { readers, writers }: Crowd): Work {
  const random = store.stage.random("keys");
  const reads = new Set(readers);
  return (client, n) =>
    reads.has(client)
      ? { kind: "read", key: `k${random.int(KEYS)}` }
      : { kind: "write", key: `k${writers.indexOf(client)}`, value: valueOf(client, n) };
}

function once(work: Work): Work {
  return (client, n) => (n === 0 ? work(client, n) : undefined);
}

function valueOf(client: ServerId, n: number): string {
  return `${client}.${n}`.padStart(VALUE_BYTES, "-");
}
