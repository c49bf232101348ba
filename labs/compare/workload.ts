import type { ServerId } from "../kit/program";
import { VALUE_BYTES } from "./costs";
import type { Attempt, Store, Work } from "./store";

/** How many keys a load is spread over. */
const KEYS = 10;

/** Clients that read, and clients that write. */
export interface Crowd {
  readonly readers: readonly ServerId[];
  readonly writers: readonly ServerId[];
}

/** So many clients; each has done a first operation, which finds the leader and opens a session. */
export function crowdOf(store: Store, readers: number, writers: number): Crowd {
  store.ready();
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
const WARM_UP = 200;

/** Keeps a crowd busy for a while: each client begins its next operation as soon as the last one has ended, on a key drawn from the seed. */
export function keepBusy(store: Store, crowd: Crowd, ms: number): Attempt[] {
  const all = [...crowd.readers, ...crowd.writers];
  return store.load(all, workOf(store, crowd), () => store.stage.watch(ms));
}

/** The operations that were called in a span of time, of one kind. */
export function calledIn(attempts: readonly Attempt[], from: number, to: number): Attempt[] {
  return attempts.filter(({ calledAt }) => calledAt >= from && calledAt < to);
}

/** True for reads; both harnesses say so in their own words. */
export function isRead({ request }: Attempt): boolean {
  const { kind } = request as { readonly kind: string };
  return kind === "read" || kind === "get";
}

function workOf(store: Store, { readers }: Crowd): Work {
  const random = store.stage.random("keys");
  const reads = new Set(readers);
  return (client, n) => {
    const key = `k${random.int(KEYS)}`;
    return reads.has(client) ? { kind: "read", key } : { kind: "write", key, value: valueOf(client, n) };
  };
}

function once(work: Work): Work {
  return (client, n) => (n === 0 ? work(client, n) : undefined);
}

function valueOf(client: ServerId, n: number): string {
  return `${client}.${n}`.padStart(VALUE_BYTES, "-");
}
