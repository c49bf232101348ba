import type { Subject } from "../kit/subject";
import type { Job } from "./job";
import { run } from "./run";
import { round, sorted } from "./statistics";
import { isServed } from "./store";
import { systemsOf, tellSystem, type System } from "./systems";
import { crowdOf, keepBusy } from "./workload";

/** The sizes that are measured. */
const SIZES = [1, 3, 5, 7];

/** Those of {@link systemsOf} that are measured; the others differ from these only in what they wait for. */
const MEASURED = ["WARO", "majority", "one and one"];

/** So many clients keep every server busy, as far as one of their operations needs it. */
export const CLIENTS = 48;

/** Virtual ms: how long they work before anybody counts, and how long somebody counts. */
const [BEFORE, COUNTED] = [200, 600];

/** How long a server is busy with a message, with each KiB of it, and with a save, in virtual ms; a disk that must be waited for. */
export const SERVICE = { perInput: 0.5, perKiB: 0.05, perSave: 2 };

/** Operations a virtual second. */
export interface ThroughputRow {
  readonly system: string;
  readonly N: number;
  /** If all clients read. */
  readonly read: number;
  /** If all clients write. */
  readonly write: number;
}

/**
 * Lets so many clients work that servers have no pause, and counts what they get done: only reads, then only writes.
 * Raft is one piece for each size: it writes the same, however it reads.
 */
export function throughputJobs(seed: number, sizes: readonly number[] = SIZES): Job<ThroughputRow>[] {
  return sizes.flatMap((N) => {
    const quorums = systemsOf(N).filter(({ name }) => MEASURED.includes(name));
    const rafts = systemsOf(N).filter(({ kind }) => kind === "raft");
    const job = (what: string, systems: readonly System[]): Job<ThroughputRow> => ({
      what: tellSystem(what, N),
      measure: (subject) => {
        const [first] = systems;
        const write = first === undefined ? 0 : writesOf(first, N, subject, seed);
        return systems.map((system) => {
          return { system: system.name, N, read: readsOf(system, N, subject, seed), write };
        });
      },
    });
    return [...quorums.map((system) => job(system.name, [system])), job("Raft", rafts)];
  });
}

/** Reads a virtual second, if nobody writes. */
export function readsOf(system: System, N: number, subject: Subject, seed: number): number {
  return rateOf(system, N, subject, seed, CLIENTS, 0);
}

/** Writes a virtual second, if nobody reads. */
export function writesOf(system: System, N: number, subject: Subject, seed: number): number {
  return rateOf(system, N, subject, seed, 0, CLIENTS);
}

function rateOf(
  system: System,
  N: number,
  subject: Subject,
  seed: number,
  readers: number,
  writers: number,
): number {
  const setup = { subject, seed, servers: N, clients: CLIENTS + 1, service: SERVICE };
  return run(system, setup, (store) => {
    const crowd = crowdOf(store, readers, writers);
    const begin = store.stage.now + BEFORE;
    const ends = keepBusy(store, crowd, BEFORE + COUNTED)
      .filter((attempt) => isServed(attempt))
      .map(({ returnedAt = 0 }) => returnedAt)
      .filter((ms) => ms >= begin && ms < begin + COUNTED);
    return rateIn(sorted(ends));
  });
}

/**
 * Clients that wait for one leader soon walk in step: all are answered, and ask again, at once. So only whole rounds count, from one
 * answer to that which comes some times the number of clients later.
 */
function rateIn(ends: readonly number[]): number {
  const whole = Math.floor((ends.length - 1) / CLIENTS) * CLIENTS;
  const [first = 0, last = 0] = [ends[0], ends[whole]];
  return last > first ? round((1000 * whole) / (last - first), 1) : 0;
}
