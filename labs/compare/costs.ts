import type { ServerId } from "../kit/program";
import type { Used } from "../kit/scene";
import type { Subject } from "../kit/subject";
import { jobsOf, type Job } from "./job";
import { run } from "./run";
import { median, round } from "./statistics";
import { msOf, served, type Operation, type Store } from "./store";
import type { System } from "./systems";

/** The sizes that are measured. */
const SIZES = [3, 5];

/** How many operations of a kind are paid for one by one; the median counts, so that a heartbeat in between does not. */
const OPERATIONS = 25;

/** Virtual ms: between two operations, until an operation that is answered has sent all it sends, and how long one may take. */
const [GAP, AFTER, WITHIN] = [137, 4, 5000];

/** Virtual ms between two rounds of anti-entropy, and for how long an idle system is watched. */
const [REPAIR_EVERY, IDLE] = [1000, 20_000];

/** There and back on the constant network, in virtual ms. */
const ROUND_TRIP = 20;

/** Bytes of a value. */
export const VALUE_BYTES = 100;

/** What one operation costs a system that has nothing else to do. */
export interface Cost {
  /** Message delays there and back, the client's own included: what it takes if every message takes as long. */
  readonly trips: number;
  /** Requests; each is answered once. */
  readonly calls: number;
  /** Of requests and answers. */
  readonly bytes: number;
  /** Saves on all disks, a coordinator's included. */
  readonly writes: number;
}

/** What one system costs. */
export interface CostRow {
  readonly system: string;
  readonly N: number;
  readonly read: Cost;
  readonly write: Cost;
  /** Requests a second while nobody asks for anything: heartbeats, or anti-entropy every second. */
  readonly idleCalls: number;
}

/** Pays for single reads and writes of every system. */
export function costJobs(seed: number, sizes: readonly number[] = SIZES): Job<CostRow>[] {
  return jobsOf(sizes, (system, N, subject) => costOf(system, N, subject, seed));
}

/** The same for one system. */
export function costOf(system: System, N: number, subject: Subject, seed: number): CostRow {
  const setup = { subject, seed, servers: N, clients: 2 };
  const trips = run(system, { ...setup, network: "constant" }, tripsOf);
  const bill = run(system, { ...setup, repairEvery: REPAIR_EVERY }, billOf);
  return {
    system: system.name,
    N,
    read: { trips: trips.read, ...bill.read },
    write: { trips: trips.write, ...bill.write },
    idleCalls: bill.idleCalls,
  };
}

interface Pair<T> {
  readonly read: T;
  readonly write: T;
}

/** Reads and writes in turn, each after a pause. */
function alternate<T>(store: Store, pay: (client: ServerId, operation: Operation) => T): Pair<T[]> {
  store.ready();
  const [writer, reader] = [store.client(), store.reader()];
  const paid: { read: T[]; write: T[] } = { read: [], write: [] };
  for (let n = 0; n <= OPERATIONS; n++) {
    for (const operation of [write(n), READ]) {
      store.stage.watch(GAP);
      paid[operation.kind].push(pay(operation.kind === "read" ? reader : writer, operation));
    }
  }
  // The first of each looks for the leader, and opens a session.
  return { read: paid.read.slice(1), write: paid.write.slice(1) };
}

const READ = { kind: "read", key: "x" } as const;

function write(n: number): Operation {
  return { kind: "write", key: "x", value: `${n}`.padStart(VALUE_BYTES, "-") };
}

function tripsOf(store: Store): Pair<number> {
  const times = alternate(store, (client, operation) => {
    const attempt = store.begin(client, operation);
    served(store, attempt, WITHIN);
    return msOf(attempt);
  });
  const trips = (ms: readonly number[]): number => round(median(ms) / ROUND_TRIP, 2);
  return { read: trips(times.read), write: trips(times.write) };
}

function billOf(store: Store): Pair<Omit<Cost, "trips">> & { readonly idleCalls: number } {
  const { stage } = store;
  const paid = alternate(store, (client, operation): Used => {
    let own: Used | undefined;
    const all = stage.used(() => {
      own = stage.used(() => {
        served(store, store.begin(client, operation), WITHIN);
        stage.watch(AFTER);
      }, client);
    });
    return { ...all, writes: all.writes + (own?.writes ?? 0) };
  });
  const idle = stage.used(() => stage.watch(IDLE));
  const bill = (used: readonly Used[]): Omit<Cost, "trips"> => ({
    calls: median(used.map(({ calls }) => calls)),
    bytes: median(used.map(({ bytes }) => bytes)),
    writes: median(used.map(({ writes }) => writes)),
  });
  return { read: bill(paid.read), write: bill(paid.write), idleCalls: round((1000 * idle.calls) / IDLE, 1) };
}
